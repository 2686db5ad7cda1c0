using CustomerContext.V1;

namespace CustomerContext.Faults.Tests.Faults;

/// <summary>The checker itself: planted violations are found, and nothing else is.</summary>
public sealed class HistoryCheckerTests
{
    private const string Talk = "c1";
    private const string Grant = "g1";

    [Fact]
    public void Violations_AllPromisesKept_None() => Assert.Empty(HistoryChecker.Violations(Promised(), Kept(), isAllAcknowledged: false));

    [Fact]
    public void Violations_UnacknowledgedSignalIsThere_None() =>
        Assert.Empty(HistoryChecker.Violations(Promised(), Kept() with { Turns = Counts(3), Messages = 3 }, isAllAcknowledged: false));

    [Fact]
    public void Violations_AcknowledgedSignalLost_Found() => Found(Kept() with { Turns = Counts(1), Messages = 2 });

    [Fact]
    public void Violations_SignalCountedTwice_Found() => Found(Kept() with { Turns = Counts(4), Messages = 3 });

    [Fact]
    public void Violations_MessageLost_Found() => Found(Kept() with { Messages = 1 });

    [Fact]
    public void Violations_MessageCountedTwice_Found() => Found(Kept() with { Messages = 4 });

    [Fact]
    public void Violations_ResentSignalMissing_Found() => Assert.NotEmpty(HistoryChecker.Violations(Promised(), Kept(), isAllAcknowledged: true));

    [Fact]
    public void Violations_AnswerWithoutRecord_Found() => Found(Kept() with { Log = new HashSet<string> { "d2" } });

    [Fact]
    public void Violations_RevokedGrantLives_Found() => Found(Kept() with { Grants = Grants(GrantState.Live) });

    [Fact]
    public void Violations_RevokedGrantIsGone_Found() => Found(Kept() with { Grants = new Dictionary<string, GrantState>() });

    [Fact]
    public void Violations_RevokedGrantOpens_Found() => Found(Kept() with { OpenTo = new HashSet<string> { Grant } });

    [Fact]
    public void Violations_BrokenChain_Found() => Found(Kept() with { ChainFaults = ["broken"] });

    private static void Found(CustomerSeen seen) => Assert.Single(HistoryChecker.Violations(Promised(), seen, isAllAcknowledged: false));

    /// <summary>Three signals sent, two of them acknowledged; one answer; one revoke.</summary>
    private static CustomerHistory Promised()
    {
        var history = new CustomerHistory();
        for (var turn = 0; turn < 3; turn++)
        {
            history.Sent[new SentTurn(Talk, turn)] = true;
        }

        history.Acknowledged[new SentTurn(Talk, 0)] = true;
        history.Acknowledged[new SentTurn(Talk, 1)] = true;
        history.Answers["d1"] = true;
        history.Revoked[Grant] = true;
        return history;
    }

    private static CustomerSeen Kept() => new(Counts(2), 2, new HashSet<string> { "d1", "d2" }, [], Grants(GrantState.Revoked), new HashSet<string>());

    private static Dictionary<string, int> Counts(int turns) => new() { [Talk] = turns };

    private static Dictionary<string, GrantState> Grants(GrantState state) => new() { [Grant] = state };
}
