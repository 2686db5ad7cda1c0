using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CustomerContext.Silo.Tests.Background;

/// <summary>The lines that a silo logs.</summary>
internal sealed class LogLines : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<(EventId Id, LogLevel Level, string Text)> _lines = [];

    /// <summary>The lines about failures of one kind of work, in their order.</summary>
    public IReadOnlyList<string> About(string work) => [.. _lines.Where(line => line.Id.Id is 700 or 701).Select(line => line.Text).Where(text => text.StartsWith(work, StringComparison.Ordinal))];

    /// <summary>The lines with this in their text.</summary>
    public IReadOnlyList<string> With(string part) => [.. _lines.Select(line => line.Text).Where(text => text.Contains(part, StringComparison.Ordinal))];

    /// <summary>Has a silo log here too.</summary>
    public void Wrap(IServiceCollection services) => services.AddSingleton<ILoggerProvider>(this);

    ILogger ILoggerProvider.CreateLogger(string categoryName) => this;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue((eventId, logLevel, formatter(state, exception)));

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    void IDisposable.Dispose()
    {
    }
}
