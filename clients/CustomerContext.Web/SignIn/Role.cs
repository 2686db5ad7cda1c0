namespace CustomerContext.Web.SignIn;

/// <summary>What somebody comes for; decides which pages they see. The silo decides what they may do.</summary>
internal enum Role
{
    /// <summary>Somebody about whom context is kept.</summary>
    Customer,

    /// <summary>A person who answers for a company.</summary>
    Agent,

    /// <summary>Somebody of a company who reads tribes.</summary>
    Analyst,

    /// <summary>Who runs the service.</summary>
    Operator,
}
