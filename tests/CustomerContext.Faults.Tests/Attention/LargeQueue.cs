using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Testing;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;

namespace CustomerContext.Faults.Tests.Attention;

/// <summary>A long queue of one company at a silo: who waits in it, and its actors. Each customer waits for eight things, in three conversations, as many as are shown of one.</summary>
internal sealed class LargeQueue : IDisposable
{
    public const int OfCustomer = 8;

    private const int Conversations = 3;
    private const int Hours = 40;
    private const int MadeAtOnce = 32;

    private static readonly TimeSpan _deadline = TimeSpan.FromSeconds(60);

    private readonly SiloProcess _silo;
    private readonly SiloClient _client;
    private readonly GrpcChannel _channel;
    private readonly Dictionary<string, string> _grants = [];

    public LargeQueue(SiloProcess silo)
    {
        _silo = silo;
        _client = new SiloClient(silo);
        _channel = GrpcChannel.ForAddress(silo.Grpc, new GrpcChannelOptions { HttpHandler = new SocketsHttpHandler { EnableMultipleHttp2Connections = true }, DisposeHttpClient = true });
        Work = new AttentionService.AttentionServiceClient(_channel);
    }

    public AttentionService.AttentionServiceClient Work { get; }

    /// <summary>Call options of one of acme's actors.</summary>
    public CallOptions As(string actor) => SiloClient.With(_silo.Tokens.Sign(DevTokens.Actor("acme", actor, scope: "attention.work")), _deadline);

    /// <summary>Makes so many customers who grant acme what waits, and has each ask, be promised and propose, as acme's systems tell it.</summary>
    public async Task Make(int customers) => await Parallel.ForAsync(0, customers, new ParallelOptions { MaxDegreeOfParallelism = MadeAtOnce }, async (number, _) =>
    {
        var email = Email(number);
        await Patience.Try(() => _client.Consents.SetPreferencesAsync(Requests.Preferences("acme"), _client.AsCustomer(email)).ResponseAsync);
        var request = Requests.Grant();
        request.Terms.Facets.Add(Facet.Attention);
        var grant = (await Patience.Try(() => _client.Consents.CreateGrantAsync(request, _client.AsCustomer(email)).ResponseAsync)).Grant.GrantId;
        lock (_grants)
        {
            _grants[email] = grant;
        }

        var answer = await Patience.Try(() => _client.Signals.PublishSignalsAsync(Requests.Publish(SignalsOf(number)), _client.AsProgram()).ResponseAsync);
        Assert.All(answer.Results, result => Assert.Null(result.Status));
    });

    /// <summary>The customer of this conversation takes back what waits.</summary>
    public async Task Revoke(string conversation)
    {
        var email = $"{conversation[..conversation.IndexOf(' ')]}@example.org";
        await Patience.Try(() => _client.Consents.RevokeGrantAsync(Requests.Revoke(_grants[email]), _client.AsCustomer(email)).ResponseAsync);
    }

    /// <summary>A page of the queue.</summary>
    public async Task<ListWorkResponse> List(ListWorkRequest request, CallOptions options) => await Patience.Try(() => Work.ListWorkAsync(request, options).ResponseAsync);

    /// <summary>The whole queue, and the tokens of its pages.</summary>
    public async Task<(List<Work> Works, List<string> Tokens)> Pages(WorkQueue queue, params AttentionKind[] kinds)
    {
        var (works, tokens) = (new List<Work>(), new List<string>());
        var (request, options) = (new ListWorkRequest { Purpose = Requests.Purpose, PageSize = 500, Queue = queue, Kinds = { kinds } }, As("ada"));
        do
        {
            tokens.Add(request.PageToken);
            var page = await List(request, options);
            works.AddRange(page.Works);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);
        return (works, tokens);
    }

    public void Dispose()
    {
        _client.Dispose();
        _channel.Dispose();
    }

    private static string Email(int number) => $"waits{number}@example.org";

    /// <summary>Every other one is a support subscriber. What is due is so at half past, so that nothing becomes due within a trial of half an hour.</summary>
    private static IEnumerable<Signal> SignalsOf(int number)
    {
        var begun = TimeProvider.System.GetUtcNow().AddMinutes(-30).AddHours(-1 - (number % Hours));
        var (name, until) = (Email(number)[..^"@example.org".Length], begun.AddHours(1 + (number % (2 * Hours))));
        for (var i = 0; i < Conversations; i++)
        {
            yield return Turn(i, 0, ParticipantRole.Agent, ConversationState.Promised);
            yield return Turn(i, 1, ParticipantRole.Customer, ConversationState.Opened);
            if ((i * 3) + 2 < OfCustomer)
            {
                yield return Turn(i, 2, ParticipantRole.Customer, ConversationState.Proposed);
            }
        }

        yield return new Signal
        {
            Id = $"tier {name}",
            Subject = new SubjectIdentifier { Email = Email(number) },
            OccurredTime = begun.ToTimestamp(),
            Trait = new TraitSignal { Name = "support_tier", Value = number % 2 == 0 ? "gold" : "basic" },
        };

        Signal Turn(int conversation, int turn, ParticipantRole role, ConversationState state) => new()
        {
            Id = $"{name} {conversation} {turn}",
            Subject = new SubjectIdentifier { Email = Email(number) },
            OccurredTime = begun.AddSeconds(conversation + (5 * turn)).ToTimestamp(),
            Conversation = new ConversationSignal
            {
                ConversationId = $"{name} {conversation}",
                Channel = "forum",
                Role = role,
                State = state,
                PromisedUntilTime = state == ConversationState.Promised ? until.ToTimestamp() : null,
                Topics = { "router" },
            },
        };
    }
}
