using CustomerContext.Domain.Common;
using CustomerContext.Silo.Config;

namespace CustomerContext.Silo.Codes;

/// <summary>
/// In development mode codes go to <c>verification-codes.txt</c> of the data folder, newest last, without the address: time, kind of address, code. The log says that there is one.
/// </summary>
internal sealed partial class DevelopmentCodes(SiloConfig config, TimeProvider time, ILogger<DevelopmentCodes> log) : ICodeSender, IDisposable
{
    /// <summary>The file's name.</summary>
    public const string FileName = "verification-codes.txt";

    private readonly SemaphoreSlim _one = new(1);

    public async Task<Refusal?> Send(CodeMessage message, CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            var line = $"{time.GetUtcNow():O} {message.Format} {message.Code}\n";
            await File.AppendAllTextAsync(Path.Combine(config.DataFolder, FileName), line, cancellation);
        }
        finally
        {
            _one.Release();
        }

        Sent(log, message.Format.ToString());
        return null;
    }

    public void Dispose() => _one.Dispose();

    [LoggerMessage(400, LogLevel.Information, "A code for a customer's {Format} is in verification-codes.txt of the data folder")]
    private static partial void Sent(ILogger logger, string format);
}
