using CustomerContext.Domain.Common;
using CustomerContext.V1;

namespace CustomerContext.Silo.Api.Errors;

/// <summary>Refusals of single items of a batch: the same code and reason that the call as a whole would get.</summary>
internal static class ItemStatuses
{
    /// <summary>The status of one item.</summary>
    public static ItemStatus From(Refusal refusal) => new()
    {
        Code = (int)ErrorReasons.CodeOf(RpcErrors.ReasonOf(refusal.Reason)),
        Reason = RpcErrors.ReasonOf(refusal.Reason),
        Field = refusal.Field ?? "",
        Rule = refusal.Rule ?? "",
    };
}
