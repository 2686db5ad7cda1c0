using System.Collections.Concurrent;
using CustomerContext.Testing;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;

namespace CustomerContext.Silo.Tests.Groups;

/// <summary>
/// A small town whose people join, leave, befriend, unfriend, answer and change their minds over gRPC while the silo is killed under them; every call is repeated until it is answered. What they
/// said is kept here in the plainest way, so that it can be compared with what the silo's groups hold.
/// </summary>
internal sealed class KillTown(string folder, int seed)
{
    public const int People = 12;

    public static readonly string[] Tribes = ["e-bikers", "night-owls", "coffee-lovers"];
    public static readonly string[] Purposes = ["service.support", "service.complaint"];

    private static readonly TimeSpan _deadline = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(3);

    private readonly DateTimeOffset _start = TimeProvider.System.GetUtcNow().AddHours(-1);
    private readonly Townsman[] _people = [.. Enumerable.Range(0, People).Select(number => new Townsman(number))];
    private SiloProcess? _silo;
    private TaskCompletionSource<GrpcChannel> _channel = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Milestone _milestone = new(int.MaxValue);
    private int _answered;
    private int _moment;

    /// <summary>Everybody, with what they said last.</summary>
    public IReadOnlyList<Townsman> Everybody => _people;

    /// <summary>Calls answered so far.</summary>
    public int Answered => _answered;

    public static string EmailOf(int number) => $"town{number}@example.org";

    /// <summary>So many things happen to each, and the silo is killed and started again as often as told in between.</summary>
    public async Task Live(int kills, int eventsEach)
    {
        await Restart();
        foreach (var one in _people)
        {
            await SetPreferences(one, new Random(seed + one.Number));
        }

        var living = Task.WhenAll(_people.Select(one => Task.Run(() => Live(one, new Random(seed - one.Number - 1), eventsEach))));
        try
        {
            await Kill(kills, eventsEach, living);
        }
        finally
        {
            // Whoever waits for a silo that did not start waits no more.
            _channel.TrySetCanceled();
            await living.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await _silo!.Kill();
        await _silo.DisposeAsync();
    }

    private async Task Kill(int kills, int eventsEach, Task living)
    {
        var random = new Random(seed);
        for (var kill = 1; kill <= kills; kill++)
        {
            var target = random.Next(People * eventsEach * (kill - 1) / (kills + 1), People * eventsEach * kill / (kills + 1));
            var milestone = new Milestone(target);
            Volatile.Write(ref _milestone, milestone);
            milestone.Pass(Volatile.Read(ref _answered));
            await Task.WhenAny(milestone.Reached, living);
            await Restart();
        }

        await living;
    }

    private async Task Restart()
    {
        if (_silo is { } old)
        {
            Volatile.Write(ref _channel, new(TaskCreationOptions.RunContinuationsAsynchronously));
            await old.Kill();
            await old.DisposeAsync();
        }

        _silo = await SiloProcess.Start(folder);

        // An answer that comes at its deadline finds its stream closed.
        _silo.ExpectedErrors = ["Grpc.AspNetCore.Server"];
        _channel.SetResult(GrpcChannel.ForAddress(_silo.Grpc));
    }

    private async Task Live(Townsman one, Random random, int events)
    {
        for (var i = 0; i < events; i++)
        {
            await (random.Next(10) switch
            {
                < 4 => Answer(one, random.Next(1, 6)),
                < 6 => Member(one, Tribes[random.Next(Tribes.Length)], random.Next(3) > 0),
                < 9 => Friend(one, _people[random.Next(People)], random.Next(4) > 0),
                _ => SetPreferences(one, random),
            });
        }
    }

    private async Task Answer(Townsman one, int answer)
    {
        await Publish(one, signal => signal.Survey = new SurveySignal { Question = "csat", Answer = answer, ScaleMinimum = 1, ScaleMaximum = 5 });
        one.Answer = answer;
    }

    private async Task Member(Townsman one, string tribe, bool joins)
    {
        var change = joins ? MembershipChange.Joined : MembershipChange.Left;
        await Publish(one, signal => signal.Membership = new MembershipSignal { TribeId = tribe, Change = change });
        one.Joined[tribe] = joins;
    }

    private async Task Friend(Townsman one, Townsman other, bool begins)
    {
        if (one == other)
        {
            return;
        }

        var at = await Publish(one, signal => signal.Relationship = new RelationshipSignal
        {
            Other = new SubjectIdentifier { Email = EmailOf(other.Number) },
            Kind = RelationshipKind.Friend,
            Change = begins ? RelationshipChange.Began : RelationshipChange.Ended,
        });
        (begins ? one.Began : one.Ended)[other.Number] = at;
    }

    private async Task SetPreferences(Townsman one, Random random)
    {
        var preferences = new Preferences { OfAge = true, Collect = { "customer" }, Publish = random.Next(2) == 0 };
        preferences.Contribute.Add(Purposes.Where(_ => random.Next(4) > 0));
        var request = new SetPreferencesRequest
        {
            RequestId = Guid.CreateVersion7().ToString(),
            Preferences = preferences,
            UpdateMask = new FieldMask { Paths = { "of_age", "collect", "publish", "contribute" } },
        };
        await Surely(one, (channel, options) => new ConsentService.ConsentServiceClient(channel).SetPreferencesAsync(request, options).ResponseAsync);
        one.Audiences = [.. preferences.Contribute, .. preferences.Publish ? ["publish"] : Array.Empty<string>()];
    }

    private async Task<DateTimeOffset> Publish(Townsman one, Action<Signal> fill)
    {
        var at = _start.AddMilliseconds(Interlocked.Increment(ref _moment));
        var signal = new Signal { Id = $"{one.Number}-{at.Ticks}", OccurredTime = at.ToTimestamp() };
        fill(signal);
        var request = new PublishSignalsRequest { Signals = { signal } };
        await Surely(one, async (channel, options) =>
        {
            var answer = await new SignalService.SignalServiceClient(channel).PublishSignalsAsync(request, options);
            if (answer.Results[0].Outcome != SignalOutcome.Refused)
            {
                return answer;
            }

            Assert.Equal(ErrorReason.StoreUnavailable, answer.Results[0].Status.Reason);
            throw new RpcException(new Status(StatusCode.Unavailable, "this signal"));
        });
        return at;
    }

    private async Task<T> Surely<T>(Townsman one, Func<GrpcChannel, CallOptions, Task<T>> call)
    {
        using var tooLong = new CancellationTokenSource(_longest);
        while (true)
        {
            try
            {
                var channel = await Volatile.Read(ref _channel).Task;
                var token = DevTokens.In(folder).Sign(DevTokens.Customer(EmailOf(one.Number)));
                var deadline = (TimeProvider.System.GetUtcNow() + _deadline).UtcDateTime;
                var answer = await call(channel, new CallOptions(new Metadata { { "authorization", $"Bearer {token}" } }, deadline));
                Volatile.Read(ref _milestone).Pass(Interlocked.Increment(ref _answered));
                return answer;
            }
            catch (RpcException error) when (!tooLong.IsCancellationRequested
                && error.StatusCode is not (StatusCode.InvalidArgument or StatusCode.PermissionDenied or StatusCode.Unauthenticated))
            {
                // The silo has gone, or is not back yet.
            }
        }
    }

    /// <summary>So many calls answered.</summary>
    private sealed class Milestone(int target)
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Reached => _reached.Task;

        public void Pass(int answered)
        {
            if (answered >= target)
            {
                _reached.TrySetResult();
            }
        }
    }
}

/// <summary>One of the people, with what they said last.</summary>
internal sealed class Townsman(int number)
{
    public int Number => number;

    public int? Answer { get; set; }

    public string[] Audiences { get; set; } = [];

    public ConcurrentDictionary<string, bool> Joined { get; } = new();

    public ConcurrentDictionary<int, DateTimeOffset> Began { get; } = new();

    public ConcurrentDictionary<int, DateTimeOffset> Ended { get; } = new();

    /// <summary>Their voice in 1/50 on a scale of 1 to 5.</summary>
    public int? Score => Answer is { } answer ? (answer - 3) * 25 : null;

    /// <summary>Friends once both said so, and neither has ended it since.</summary>
    public bool IsFriendOf(Townsman other) =>
        Began.TryGetValue(other.Number, out var mine) && other.Began.TryGetValue(Number, out var theirs)
        && (mine < theirs ? mine : theirs) > Later(Ended.GetValueOrDefault(other.Number), other.Ended.GetValueOrDefault(Number));

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
