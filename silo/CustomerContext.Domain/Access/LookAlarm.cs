namespace CustomerContext.Domain.Access;

/// <summary>What an operator should look into.</summary>
public enum LookAlarm
{
    /// <summary>An actor looks at many people, far more than it has interactions.</summary>
    ManyPeople = 1,

    /// <summary>An actor looks at one person over and over.</summary>
    OnePerson,
}
