using CustomerContext.V1;

namespace CustomerContext.Silo.Api.Calls;

/// <summary>How many units of its rate a request takes: as many as it has items, and 1 for anything without.</summary>
internal static class CallCost
{
    /// <summary>The units of <paramref name="request"/>, at least 1: an empty one is work too.</summary>
    public static int Of(object request) => Math.Max(1, request switch
    {
        PublishSignalsRequest publish => publish.Signals.Count,
        StreamSignalsRequest message => message.Signals.Count,
        BatchGetContextsRequest batch => batch.Subjects.Count,
        _ => 1,
    });
}
