using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Silo.Api.Errors;
using Grpc.Core;

namespace CustomerContext.Silo.Api;

/// <summary>
/// Refusals for want of consent, and of sharing codes, all take the same time: <see cref="Limits.Requests.RefusalFloor"/> after arrival or, on a silo that is so busy, a multiple of that. So an
/// unknown person and one without a grant cannot be told apart with a clock.
/// </summary>
internal sealed class RefusalFloor(TimeProvider time)
{
    /// <summary>The refusal of a call that arrived at <paramref name="arrived"/> (<see cref="TimeProvider.GetTimestamp"/>), once it may be told.</summary>
    public async Task<RpcException> Refused(Refusal refusal, long arrived)
    {
        if (refusal.Reason is RefusalReason.ConsentRequired or RefusalReason.CodeNotAccepted)
        {
            await Wait(arrived);
        }

        return RpcErrors.From(refusal);
    }

    /// <summary>The same for a refusal for want of consent.</summary>
    public Task<RpcException> Refuse(long arrived) => Refused(new Refusal(RefusalReason.ConsentRequired), arrived);

    /// <summary>Waits until a call that arrived at <paramref name="arrived"/> may be told about a refusal.</summary>
    public async Task Wait(long arrived)
    {
        var floor = Limits.Requests.RefusalFloor;
        var answered = floor * (1 + Math.Floor(time.GetElapsedTime(arrived) / floor));

        // Timers count whole milliseconds and may fire a little early.
        while (answered - time.GetElapsedTime(arrived) is var left && left > TimeSpan.Zero)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)), time);
        }
    }
}
