using CustomerContext.Silo.Tests.Consents;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using static CustomerContext.Silo.Tests.Attention.Waiting;

namespace CustomerContext.Silo.Tests.Attention;

/// <summary>Two customers of acme who may wait, and what its actors do with their work; one silo for all tests of a class.</summary>
public abstract class WorkOfOneSilo(OneWorkSilo one) : IClassFixture<OneWorkSilo>, IAsyncLifetime
{
    protected const string Email = "asks@example.org";
    protected const string Other = "other@example.org";

    private protected SiloOnFakeTime Silo { get; } = one.Silo;

    protected DateTimeOffset Now => Silo.Time.GetUtcNow();

    public Task InitializeAsync() => Task.CompletedTask;

    /// <summary>Whoever waited in one test is gone in the next: an erasure leaves no work.</summary>
    public async Task DisposeAsync()
    {
        foreach (var email in (string[])[Email, Other])
        {
            await Silo.Consents.EraseCustomerAsync(new EraseCustomerRequest { RequestId = Guid.CreateVersion7().ToString() }, Silo.As(email));
        }

        Assert.Empty((await List()).Works);
    }

    protected static async Task Refused(StatusCode code, Func<Task> call) => Assert.Equal(code, (await Assert.ThrowsAsync<RpcException>(call)).StatusCode);

    protected static Timestamp Millisecond(DateTimeOffset time) => DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds()).ToTimestamp();

    protected static ClaimWorkRequest ClaimOf(Work work, TimeSpan? duration = null) => new()
    {
        RequestId = Guid.CreateVersion7().ToString(),
        WorkId = work.WorkId,
        Purpose = SiloOnFakeTime.Purpose,
        InteractionId = "shift-1",
        ClaimDuration = duration?.ToDuration(),
    };

    protected async Task<Work> OneQuestion(DateTimeOffset since, string tier = "basic", string email = Email)
    {
        var known = (await List()).Works;
        await Make(Silo, email, Facet.Attention);
        await Publish(Silo, email, Tier(Silo, tier), Turn("q", since, ParticipantRole.Customer, ConversationState.Opened));
        return Assert.Single((await List()).Works.Except(known));
    }

    protected async Task<ListWorkResponse> List(params AttentionKind[] kinds) =>
        await Silo.Work.ListWorkAsync(new ListWorkRequest { Purpose = SiloOnFakeTime.Purpose, Kinds = { kinds } }, Silo.AsActor("ada"));

    protected async Task<ListWorkResponse> List(WorkQueue queue) =>
        await Silo.Work.ListWorkAsync(new ListWorkRequest { Purpose = SiloOnFakeTime.Purpose, Queue = queue }, Silo.AsActor("ada"));

    protected async Task<ClaimWorkResponse> Claim(string actor, Work work, int minutes = 15) =>
        await Silo.Work.ClaimWorkAsync(ClaimOf(work, TimeSpan.FromMinutes(minutes)), Silo.AsActor(actor));

    protected async Task<CompleteWorkResponse> Complete(string actor, Work work, string? request = null) => await Silo.Work.CompleteWorkAsync(
        new CompleteWorkRequest { RequestId = request ?? Guid.CreateVersion7().ToString(), WorkId = work.WorkId, Result = WorkResult.Done }, Silo.AsActor(actor));

    protected async Task<HandOverWorkResponse> HandOver(string actor, Work work, WorkQueue queue) => await Silo.Work.HandOverWorkAsync(
        new HandOverWorkRequest { RequestId = Guid.CreateVersion7().ToString(), WorkId = work.WorkId, ToQueue = queue }, Silo.AsActor(actor));
}

/// <summary>One silo for all tests of a class.</summary>
public sealed class OneWorkSilo : IAsyncLifetime
{
    internal SiloOnFakeTime Silo { get; private set; } = null!;

    public async Task InitializeAsync() => Silo = await SiloOnFakeTime.Start();

    public async Task DisposeAsync() => await Silo.DisposeAsync();
}
