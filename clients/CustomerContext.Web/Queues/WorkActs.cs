using CustomerContext.Client;
using CustomerContext.V1;
using CustomerContext.Web.Calls;
using CustomerContext.Web.SignIn;

namespace CustomerContext.Web.Queues;

/// <summary>What an agent does with the work that they hold in a call.</summary>
internal sealed class WorkActs(Silo silo, ILogger<WorkActs> log)
{
    /// <summary>Does it; the key of the phrase to say, absent if there is no such act.</summary>
    /// <exception cref="CustomerContextException">The silo refuses, or is away; the work is still held.</exception>
    public async Task<string?> Do(string? act, OpenCall call, CancellationToken stop)
    {
        if (call.Held is not { } held)
        {
            return "held.lost";
        }

        try
        {
            switch (act)
            {
                case HeldBlock.Done or HeldBlock.NotNeeded:
                    await silo.Client.Work.CompleteAsync(held.Id, act == HeldBlock.Done ? WorkResult.Done : WorkResult.NotNeeded, stop);
                    call.LetGo();
                    break;
                case HeldBlock.Return or HeldBlock.Escalate:
                    await silo.Client.Work.HandOverAsync(held.Id, act == HeldBlock.Escalate ? WorkQueue.Escalated : WorkQueue.Unspecified, stop);
                    call.LetGo();
                    break;
                case HeldBlock.Prolong:
                    // Who could be asked is told once, with the first claim.
                    call.Hold(HeldWork.Of(await silo.Client.Work.ClaimAsync(held.Id, call.Purpose, call.Interaction, cancellation: stop)) with { People = held.People });
                    break;
                default:
                    return null;
            }

            return $"held.said.{act}";
        }
        catch (Exception lost) when (lost is ConflictException or NotFoundException)
        {
            call.LetGo();
            return "held.lost";
        }
    }

    /// <summary>The call ends: what is not done is back in the queue. If the silo is away, the claim lapses by itself.</summary>
    public async Task GiveBack(OpenCall call, CancellationToken stop)
    {
        try
        {
            await Do(HeldBlock.Return, call, stop);
        }
        catch (CustomerContextException error)
        {
            CallLog.EndFailed(log, error.Reason);
        }
    }
}
