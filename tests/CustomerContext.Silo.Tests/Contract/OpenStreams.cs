using CustomerContext.V1;
using Grpc.Core;
using static CustomerContext.Silo.Tests.Contract.ContractSilo;

namespace CustomerContext.Silo.Tests.Contract;

/// <summary>One open stream of each kind: of somebody of whom there is nothing new, so that each says that it lives; and of Ann, until the silo stops.</summary>
internal sealed class OpenStreams(ContractSilo silo) : IDisposable
{
    private const string Still = "still@example.org";

    private readonly List<IDisposable> _calls = [];
    private readonly List<Task> _begun = [];
    private List<Task> _heartbeats = [];
    private List<Task> _ends = [];

    public static async Task<OpenStreams> Start(ContractSilo silo)
    {
        var streams = new OpenStreams(silo);
        await silo.Consents.SetPreferencesAsync(SignalPlay.Preferences("acme"), silo.As(Still));
        await silo.Consents.CreateGrantAsync(SignalPlay.EveryFacet(), silo.As(Still));
        streams._heartbeats = await streams.Open("call-still", Still, "globex", isHeartbeat: true);
        return streams;
    }

    /// <summary>Done when each has said that it lives.</summary>
    public Task Heartbeats() => Task.WhenAll(_heartbeats);

    /// <summary>Opens Ann's. Each has something to say at once, and so is open when this returns.</summary>
    public async Task OpenAnns()
    {
        _ends = await Open("call-end", SignalPlay.Ann, "acme", isHeartbeat: false);
        await silo.Contexts.GetContextAsync(new GetContextRequest(), silo.As(SignalPlay.Ann));
        await Task.WhenAll(_begun);
    }

    /// <summary>Stops the silo; done when each has said that it ends.</summary>
    public async Task Ends()
    {
        await silo.Stop();
        await Task.WhenAll(_ends);
    }

    public void Dispose() => _calls.ForEach(call => call.Dispose());

    private async Task<List<Task>> Open(string interaction, string email, string tenant, bool isHeartbeat)
    {
        var asked = await JoinPlay.Ask(silo, new SubjectIdentifier { Email = $"{interaction}@new.example.org" }, interaction);
        return
        [
            // First: it has something to say when the next one is opened, for that is a look.
            Until(silo.Consents.WatchDisclosures(new WatchDisclosuresRequest(), silo.As(email)), one => isHeartbeat ? one.Heartbeat : one.Ended),
            Until(silo.Contexts.WatchContext(new WatchContextRequest { Subject = ByEmail(email), Purpose = Purpose, InteractionId = interaction }, silo.AsAgent()), one => isHeartbeat ? one.Heartbeat : one.Ended),
            Until(silo.Consents.WatchConsentRequest(new WatchConsentRequestRequest { ConsentRequestId = asked.ConsentRequestId }, silo.AsAgent()), one => isHeartbeat ? one.Heartbeat : one.Ended),
            Until(silo.Consents.WatchConsentRequests(new WatchConsentRequestsRequest(), silo.As(email)), one => isHeartbeat ? one.Heartbeat : one.Ended),
            Until(silo.Tribes.WatchTribe(new WatchTribeRequest { TribeId = "e-bikers", Purpose = Purpose }, silo.AsAgent()), one => isHeartbeat ? one.Heartbeat : one.Ended),
            Until(silo.Works.WatchWork(new WatchWorkRequest { Purpose = Purpose }, silo.AsAgent(tenant)), one => isHeartbeat ? one.Heartbeat : one.Ended),
        ];
    }

    private async Task Until<T>(AsyncServerStreamingCall<T> call, Func<T, object?> isThere)
    {
        _calls.Add(call);
        var first = call.ResponseStream.MoveNext(CancellationToken.None);
        _begun.Add(first);
        Assert.True(await first);
        while (isThere(call.ResponseStream.Current) is null)
        {
            Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        }
    }
}
