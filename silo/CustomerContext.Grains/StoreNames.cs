namespace CustomerContext.Grains;

/// <summary>Names that grains and storage share. They are part of stored keys: never change one.</summary>
public static class StoreNames
{
    /// <summary>The grain storage of all grain state. Ledgers, refused looks, times of housekeeping and reminders are kept beside it.</summary>
    public const string Store = "customercontext";

    /// <summary>State of a customer: the live context.</summary>
    public const string Context = "context";

    /// <summary>State of a subject identifier.</summary>
    public const string Identity = "identity";

    /// <summary>State of an interaction of a tenant.</summary>
    public const string Interaction = "interaction";

    /// <summary>State of a customer: the people around them.</summary>
    public const string Ties = "ties";

    /// <summary>State of a shard of a customer's followers.</summary>
    public const string Followers = "followers";

    /// <summary>State of the digits of a friend code.</summary>
    public const string FriendCode = "friend-code";

    /// <summary>State of a tribe: its releases.</summary>
    public const string Tribe = "tribe";

    /// <summary>State of a shard of a tribe: its members.</summary>
    public const string TribeShard = "tribe-shard";

    /// <summary>State of a part of a company's queue of work.</summary>
    public const string Work = "work";

    /// <summary>State of a company's list of who may be contacted.</summary>
    public const string Contacts = "contacts";

    /// <summary>State of a part of the index of those of whom a company was told.</summary>
    public const string NewsIndex = "news-index";

    /// <summary>State of a join code.</summary>
    public const string Join = "join";

    /// <summary>State of an address that got messages.</summary>
    public const string Address = "address";
}
