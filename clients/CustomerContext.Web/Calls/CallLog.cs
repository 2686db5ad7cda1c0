using CustomerContext.V1;

namespace CustomerContext.Web.Calls;

/// <summary>What is logged about calls; never who they are about.</summary>
internal static partial class CallLog
{
    [LoggerMessage(1, LogLevel.Information, "A watch could not be opened or went wrong: {Reason}")]
    public static partial void WatchFailed(ILogger logger, ErrorReason reason);

    [LoggerMessage(2, LogLevel.Information, "An interaction could not be ended: {Reason}")]
    public static partial void EndFailed(ILogger logger, ErrorReason reason);

    [LoggerMessage(3, LogLevel.Information, "The notice could not be read, so a page stands without it: {Reason}")]
    public static partial void NoNotice(ILogger logger, ErrorReason reason);

    [LoggerMessage(4, LogLevel.Warning, "What came of an interaction could not be told: {Reason}")]
    public static partial void OutcomeLost(ILogger logger, ErrorReason reason);
}
