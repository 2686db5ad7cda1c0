namespace CustomerContext.Silo.Access;

/// <summary>The scopes of an access token (RFC 6749, 3.3).</summary>
internal static class Scopes
{
    /// <summary>Look up and watch context.</summary>
    public const string ContextRead = "context.read";

    /// <summary>Publish signals, attach a tenant's own identifiers.</summary>
    public const string SignalWrite = "signal.write";

    /// <summary>Manage one's own consent; for a tenant: ask for consent.</summary>
    public const string ConsentManage = "consent.manage";

    /// <summary>Read tribes and trends.</summary>
    public const string TribeRead = "tribe.read";

    /// <summary>Work through what needs attention.</summary>
    public const string AttentionWork = "attention.work";

    /// <summary>Have one's company told again by webhook.</summary>
    public const string WebhookReplay = "webhook.replay";
}
