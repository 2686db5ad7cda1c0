namespace CustomerContext.Connectors.Pull;

/// <summary>What is logged: counts and networks, never who or what.</summary>
internal sealed partial class PullLog(ILogger<PullLog> logger)
{
    [LoggerMessage(1, LogLevel.Warning, "{Network}: its server answered {Status}; left alone until {Until:O}.")]
    public partial void HostTroubled(string network, int status, DateTimeOffset until);

    [LoggerMessage(2, LogLevel.Warning, "{Network}: the silo was not reached ({Reason}); the round is made again.")]
    public partial void SiloTroubled(string network, string reason);

    [LoggerMessage(3, LogLevel.Information, "{Network}: {Count} accounts are not connected any more, or were never confirmed; they were forgotten.")]
    public partial void Forgotten(string network, int count);

    [LoggerMessage(4, LogLevel.Warning, "The silo refused {Count} signals: {Reasons}.")]
    public partial void Refused(int count, string reasons);

    [LoggerMessage(5, LogLevel.Warning, "{Network}: its server did not take a token back; it was forgotten all the same.")]
    public partial void NotRevoked(string network);

    [LoggerMessage(7, LogLevel.Warning, "{Network}: a permission was taken back there, or a token was lost; nothing is read until the person connects again.")]
    public partial void ToRenew(string network);

    [LoggerMessage(8, LogLevel.Warning, "{Network}: {Count} accounts could not be read: {Reasons}.")]
    public partial void NotRead(string network, int count, string reasons);

    [LoggerMessage(9, LogLevel.Error, "{Network}: a round failed ({Reason}); the next one is made all the same. {Where}")]
    public partial void Failed(string network, string reason, string? where);

    [LoggerMessage(6, LogLevel.Warning, "{Network}: a person could not connect: {Reason}.")]
    public partial void NotConnected(string network, string reason);
}
