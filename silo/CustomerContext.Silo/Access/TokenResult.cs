namespace CustomerContext.Silo.Access;

/// <summary>Why a token was not accepted.</summary>
internal enum TokenFault
{
    /// <summary>No bearer token was sent.</summary>
    Missing,

    /// <summary>Not a token of a known issuer for this audience, or forged.</summary>
    Invalid,

    /// <summary>Its time has passed, or has not begun.</summary>
    Expired,

    /// <summary>It cannot be checked: its issuer's keys could not be had. It may be good.</summary>
    KeysUnknown,
}

/// <summary>Either a caller or why not.</summary>
internal readonly record struct TokenResult(Caller? Caller, TokenFault Fault = default);
