using Microsoft.Extensions.Logging;

namespace Orleans.Runtime;

/// <summary>What goes wrong in grains without a caller to tell. Names kinds of grains, never their keys.</summary>
internal sealed partial class SiloLog(ILogger<SiloLog> logger)
{
    [LoggerMessage(1, LogLevel.Error, "A grain of type {GrainType} could not be activated")]
    public partial void ActivationFailed(Exception error, GrainType grainType);

    [LoggerMessage(2, LogLevel.Warning, "A timer of a grain of type {GrainType} failed")]
    public partial void TimerFailed(Exception error, GrainType grainType);

    [LoggerMessage(3, LogLevel.Error, "A reminder of a grain of type {GrainType} could not be delivered")]
    public partial void ReminderFailed(Exception error, GrainType grainType);

    [LoggerMessage(4, LogLevel.Warning, "The reminder table could not be read")]
    public partial void ReminderTableFailed(Exception error);

    [LoggerMessage(5, LogLevel.Error, "A state slot of a grain of type {GrainType} could not be used ({Operation})")]
    public partial void StorageFailed(Exception error, GrainType grainType, string operation);

    /// <summary>Does a step of ending an activation, which goes on whatever comes of it.</summary>
    public async ValueTask Try(Func<ValueTask> step, GrainType grainType)
    {
        try
        {
            await step();
        }
        catch (Exception error)
        {
            EndingFailed(error, grainType);
        }
    }

    [LoggerMessage(6, LogLevel.Error, "A grain of type {GrainType} failed while it ended")]
    private partial void EndingFailed(Exception error, GrainType grainType);
}
