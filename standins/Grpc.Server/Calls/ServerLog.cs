using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Grpc.AspNetCore.Server;

internal static partial class ServerLog
{
    [LoggerMessage(1, LogLevel.Error, "Error when executing service method '{Method}'.", EventName = "ErrorExecutingServiceMethod")]
    public static partial void HandlerFailed(ILogger logger, string method, Exception error);

    [LoggerMessage(2, LogLevel.Information, "Service method '{Method}' canceled.", EventName = "ServiceMethodCanceled")]
    public static partial void HandlerCancelled(ILogger logger, string method, Exception error);

    [LoggerMessage(3, LogLevel.Information, "Error status code '{Status}' with detail '{Detail}' raised.", EventName = "RpcConnectionError")]
    public static partial void StatusRaised(ILogger logger, StatusCode status, string detail);

    [LoggerMessage(4, LogLevel.Error, "Error occurred while trying to cancel the request due to deadline exceeded.", EventName = "DeadlineCancellationError")]
    public static partial void DeadlineFailed(ILogger logger, Exception error);
}
