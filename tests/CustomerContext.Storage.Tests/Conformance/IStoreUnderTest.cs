using CustomerContext.Grains.Ledger;
using Orleans;
using Orleans.Storage;

namespace CustomerContext.Storage.Tests.Conformance;

/// <summary>A store as the product registers it, which a test can take down and bring up again.</summary>
public interface IStoreUnderTest : IAsyncDisposable
{
    ILedger Ledger { get; }

    IGrainStorage Grains { get; }

    IReminderTable Reminders { get; }

    /// <summary>Everything else that the product registers.</summary>
    IServiceProvider Services { get; }

    /// <summary>Ends every process and connection that holds the store, without warning where that can be done, and opens it anew.</summary>
    Task RestartAsync();

    /// <summary>Makes the store stall until the result is disposed: calls get no answer.</summary>
    Task<IAsyncDisposable> StallAsync();
}
