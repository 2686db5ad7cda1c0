using CustomerContext.Domain.Attention;
using CustomerContext.Domain.Common;
using CustomerContext.Grains.Attention;
using CustomerContext.Silo.Access;

namespace CustomerContext.Silo.News;

/// <summary>Tells companies what became of their work, without whose it is: that is for who claims it.</summary>
internal sealed class WorkNewsSender(WebhookCalls calls, CurrentAccess access) : IWorkNewsSender
{
    public string? ReceiverOf(TenantId tenant, WorkNewsKinds kind) => calls.ReceiverOf(tenant, WebhookTypes.Of(kind));

    public bool Reads(TenantId tenant, Purpose purpose) => access.Now.Tenants.GetValueOrDefault(tenant)?.Purposes.Contains(purpose) == true;

    public Task Send(TenantId tenant, WorkNews news, CancellationToken cancellation)
    {
        var work = news.Work;
        var result = news.Kind == WorkNewsKinds.Done ? ResultOf(work.Result) : null;
        var content = new Content(work.Id, KindOf(work.Kind), news.IsEscalated ? "ESCALATED" : "FIRST", result);
        return calls.CallOfWork(tenant, WebhookTypes.Of(news.Kind), $"work/{tenant.Value}/{work.Id}/{(int)news.Kind}", news.At, content, cancellation);
    }

    public void GiveUp(TenantId tenant, WorkNews news) => calls.GiveUp(tenant, WebhookTypes.Of(news.Kind));

    /// <summary>The words of the contract's enum AttentionKind.</summary>
    private static string KindOf(AttentionKind kind) => kind switch
    {
        AttentionKind.Question => "UNANSWERED_QUESTION",
        AttentionKind.Promise => "PROMISE",
        _ => "IDEA",
    };

    private static string ResultOf(WorkResult? result) => result == WorkResult.NotNeeded ? "NOT_NEEDED" : "DONE";

    /// <summary>What it is about; the result only of what is done.</summary>
    private sealed record Content(string WorkId, string Kind, string Queue, string? Result);
}
