using CustomerContext.V1;
using Grpc.Core;

namespace CustomerContext.Client;

/// <summary>
/// The generated stubs, for what the handles do not cover. They add nothing: no token, no deadline, no repeats, and failures are
/// <see cref="RpcException"/>; <see cref="CustomerContextClient.CreateCallOptionsAsync"/> makes call options with token and deadline.
/// Most users do not need this.
/// </summary>
public sealed class RawServices
{
    internal RawServices(CallInvoker invoker)
    {
        Contexts = new ContextService.ContextServiceClient(invoker);
        Signals = new SignalService.SignalServiceClient(invoker);
        Consents = new ConsentService.ConsentServiceClient(invoker);
        Identities = new IdentityService.IdentityServiceClient(invoker);
        Tribes = new TribeService.TribeServiceClient(invoker);
        Attention = new AttentionService.AttentionServiceClient(invoker);
        Webhooks = new WebhookService.WebhookServiceClient(invoker);
        Catalog = new CatalogService.CatalogServiceClient(invoker);
    }

    /// <summary>Lookups and watches.</summary>
    public ContextService.ContextServiceClient Contexts { get; }

    /// <summary>Signals in.</summary>
    public SignalService.SignalServiceClient Signals { get; }

    /// <summary>Consent and the record of looks.</summary>
    public ConsentService.ConsentServiceClient Consents { get; }

    /// <summary>Identifiers.</summary>
    public IdentityService.IdentityServiceClient Identities { get; }

    /// <summary>Moods of tribes.</summary>
    public TribeService.TribeServiceClient Tribes { get; }

    /// <summary>Work that waits.</summary>
    public AttentionService.AttentionServiceClient Attention { get; }

    /// <summary>What companies are told by webhook.</summary>
    public WebhookService.WebhookServiceClient Webhooks { get; }

    /// <summary>What is configured, in words.</summary>
    public CatalogService.CatalogServiceClient Catalog { get; }
}
