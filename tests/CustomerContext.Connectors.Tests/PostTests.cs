using CustomerContext.Testing;
using CustomerContext.V1;

namespace CustomerContext.Connectors.Tests;

/// <summary>The public posts of people who connected, and of nobody else, are known once each; what they delete or change there is forgotten here.</summary>
public sealed class PostTests
{
    private const int People = 20;
    private const int Before = 30;
    private const int Rounds = 5;
    private const int PerRound = 4;

    private enum Fate
    {
        Stays,
        IsDeleted,
        IsEdited,
    }

    [Fact]
    public async Task Pull_AThousandPostsOfTwentyPeopleAcrossKillsEditsAndDeletions_CountOnceEach()
    {
        await using var village = await Village.Start();
        var random = new Random(17);
        var now = TimeProvider.System.GetUtcNow();
        var alive = Enumerable.Range(0, People).ToDictionary(AccountOf, _ => new List<(MastodonPost Post, Fate Fate)>());
        foreach (var account in alive.Keys.Append("stranger").Append("undecided"))
        {
            for (var i = 0; i < Before; i++)
            {
                var (post, fate) = Write(village.Server, random, account, now.AddMinutes(-random.Next(1, 60 * 24 * 20)));
                alive.GetValueOrDefault(account)?.Add((post, fate));
            }

            WriteForFew(village.Server, account, now);
        }

        await Task.WhenAll(Enumerable.Range(0, People).Select(i => village.Connect(EmailOf(i), AccountOf(i))));
        await village.MakeCustomer("undecided@example.org");
        Assert.NotNull(await village.Prove("undecided@example.org", "undecided"));

        for (var round = 0; round < Rounds; round++)
        {
            await village.Server.Called(village.Server.Calls + random.Next(1, 60));
            await village.Connector.Kill();
            Change(village, random, alive);
            await village.StartConnector();
            await village.Server.Called(village.Server.Calls + random.Next(1, 60));
            Change(village, random, alive);
            foreach (var (account, posts) in alive)
            {
                posts.AddRange(Enumerable.Range(0, PerRound).Select(_ => Write(village.Server, random, account, TimeProvider.System.GetUtcNow())));
            }

            await village.Connector.Kill();
            await village.StartConnector();
        }

        while (alive.Values.Any(posts => posts.Any(one => one.Fate != Fate.Stays)))
        {
            Change(village, random, alive);
        }

        for (var i = 0; i < People; i++)
        {
            var left = alive[AccountOf(i)].Count;
            await village.Becomes(EmailOf(i), new Kept(left, left, left, "delivery"));
        }

        Assert.InRange(alive.Values.Sum(posts => posts.Count), 500, (People * (Before + (Rounds * PerRound))) - 100);
        Assert.Equal(alive.Keys.Order(), village.Server.Reads.Select(read => read.Account).Distinct().Order());
    }

    /// <summary>The silo has it, the connector never heard so and was killed; meanwhile it is gone, or says something else.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Pull_KilledBeforeTheAnswerAndPostChangedMeanwhile_ItIsTakenBack(bool isDeleted)
    {
        const string email = "one@example.org";
        await using var village = await Village.Start();
        var random = new Random(1);
        Write(village.Server, random, "1", TimeProvider.System.GetUtcNow().AddHours(-1), Fate.Stays);
        await village.Connect(email, "1");
        await village.Becomes(email, new Kept(1, 1, 1, "delivery"));

        var (post, _) = Write(village.Server, random, "1", TimeProvider.System.GetUtcNow(), Fate.IsDeleted);
        var goOn = await village.Server.HoldReads();
        village.Line.DropReplies();
        goOn();
        await village.Becomes(email, new Kept(2, 2, 2, "delivery router"));
        await village.Connector.Kill();
        if (isDeleted)
        {
            village.Server.Delete(post);
        }
        else
        {
            village.Server.Edit(post, "<p>I am really happy about the refund!</p>", TimeProvider.System.GetUtcNow());
        }

        village.Line.Heal();
        await village.StartConnector();
        await village.Becomes(email, isDeleted ? new Kept(1, 1, 1, "delivery") : new Kept(2, 2, 2, "delivery refund"));
    }

    [Fact]
    public async Task Disconnect_WhilePostsAreRead_NothingIsLeftAndTheTokenIsGivenBack()
    {
        const string email = "one@example.org";
        await using var village = await Village.Start();
        var random = new Random(1);
        Write(village.Server, random, "1", TimeProvider.System.GetUtcNow().AddHours(-1), Fate.Stays);
        await village.Connect(email, "1");
        await village.Becomes(email, new Kept(1, 1, 1, "delivery"));
        var token = Assert.Single(village.Server.Tokens).Key;
        Assert.DoesNotContain(token, ReadState(village), StringComparison.Ordinal);

        await village.As(email).Me.DisconnectNetworkAsync(Village.Network);
        Assert.Equal(Kept.Nothing, await village.KeptOf(email));
        await village.Server.TokenIsGone(token);
        var reads = village.Server.Reads.Count;
        Write(village.Server, random, "1", TimeProvider.System.GetUtcNow(), Fate.Stays);

        // Another person, whose posts are read meanwhile; then the first one connects again, and all that is there counts anew.
        Write(village.Server, random, "2", TimeProvider.System.GetUtcNow(), Fate.Stays);
        await village.Connect("two@example.org", "2");
        await village.Becomes("two@example.org", new Kept(1, 1, 1, "delivery"));
        Assert.All(village.Server.Reads.Skip(reads), read => Assert.Equal("2", read.Account));
        Assert.Equal(Kept.Nothing, await village.KeptOf(email));
        await village.Connect(email, "1");
        await village.Becomes(email, new Kept(2, 2, 2, "delivery"));
    }

    [Fact]
    public async Task Pull_AccountDeletedThere_ItsPostsAreForgotten()
    {
        const string email = "one@example.org";
        await using var village = await Village.Start();
        Write(village.Server, new Random(1), "1", TimeProvider.System.GetUtcNow().AddHours(-1), Fate.Stays);
        await village.Connect(email, "1");
        await village.Becomes(email, new Kept(1, 1, 1, "delivery"));

        village.Server.DeleteAccount("1");
        await village.Becomes(email, Kept.Nothing);
    }

    [Fact]
    public async Task Pull_PermissionTakenBackThere_NothingMoreIsRead()
    {
        const string email = "one@example.org";
        await using var village = await Village.Start();
        var random = new Random(1);
        Write(village.Server, random, "1", TimeProvider.System.GetUtcNow().AddHours(-1), Fate.Stays);
        await village.Connect(email, "1");
        await village.Becomes(email, new Kept(1, 1, 1, "delivery"));

        village.Server.RevokeTokensOf("1");
        await village.Connector.Writes("a permission was taken back there");
        Write(village.Server, random, "1", TimeProvider.System.GetUtcNow(), Fate.Stays);
        Write(village.Server, random, "2", TimeProvider.System.GetUtcNow(), Fate.Stays);
        await village.Connect("two@example.org", "2");
        await village.Becomes("two@example.org", new Kept(1, 1, 1, "delivery"));
        Assert.Equal(new Kept(1, 1, 1, "delivery"), await village.KeptOf(email));

        // Gone there afterwards, it is still known what there is to take back; and a new permission would have been read.
        village.Server.DeleteAccount("1");
        await village.Becomes(email, Kept.Nothing);
    }

    [Fact]
    public async Task Pull_PermissionGivenAnew_IsReadOn()
    {
        const string email = "one@example.org";
        await using var village = await Village.Start();
        Write(village.Server, new Random(1), "1", TimeProvider.System.GetUtcNow().AddHours(-1), Fate.Stays);
        await village.Connect(email, "1");
        await village.Becomes(email, new Kept(1, 1, 1, "delivery"));

        village.Server.RevokeTokensOf("1");
        await village.Connector.Writes("a permission was taken back there");
        Write(village.Server, new Random(2), "1", TimeProvider.System.GetUtcNow(), Fate.Stays);
        await village.Connect(email, "1");
        await village.Becomes(email, new Kept(2, 2, 2, "delivery"));
    }

    /// <summary>The one that cannot be read is asked first; what it is and has goes nowhere, and the others are read.</summary>
    [Fact]
    public async Task Pull_LoginOfOneDisabled_OthersAreReadAndNothingIsForgotten()
    {
        await using var village = await Village.Start();
        var now = TimeProvider.System.GetUtcNow();
        foreach (var account in (string[])["1", "2"])
        {
            Write(village.Server, new Random(1), account, now.AddHours(-1), Fate.Stays);
            await village.Connect($"{account}@example.org", account);
            await village.Becomes($"{account}@example.org", new Kept(1, 1, 1, "delivery"));
        }

        village.Server.Disable("1");
        await village.Connector.Writes("could not be read: 403");
        Write(village.Server, new Random(2), "2", now, Fate.Stays);
        await village.Becomes("2@example.org", new Kept(2, 2, 2, "delivery"));
        await village.Server.Read("1", 5);
        Assert.Equal(new Kept(1, 1, 1, "delivery"), await village.KeptOf("1@example.org"));
    }

    [Fact]
    public async Task Pull_TwoNetworks_EachReadsItsOwnAndGivesBackItsOwn()
    {
        const string email = "one@example.org";
        await using var village = await Village.Start();
        foreach (var account in (string[])["1", "2"])
        {
            Write(village.Server, new Random(1), account, TimeProvider.System.GetUtcNow().AddHours(-1), Fate.Stays);
        }

        await village.Connect(email, "1");
        await village.Connect(email, "2", Village.Other);
        await village.Becomes(email, new Kept(1, 1, 1, "delivery"));
        await village.Server.Read("2", 2);
        var token = village.Server.Tokens.Single(one => one.Value == "2").Key;

        await village.As(email).Me.DisconnectNetworkAsync(Village.Other);
        await village.Server.TokenIsGone(token);
        await village.Server.Read("1", 2);
        Assert.Equal("1", Assert.Single(village.Server.Tokens).Value);
        Assert.Equal(new Kept(1, 1, 1, "delivery"), await village.KeptOf(email));
    }

    [Fact]
    public async Task Pull_NotCollectedForNow_NothingIsReadUntilItIsConnectedAgain()
    {
        await using var village = await Village.Start();
        var now = TimeProvider.System.GetUtcNow();
        foreach (var account in (string[])["1", "2"])
        {
            Write(village.Server, new Random(1), account, now.AddHours(-1), Fate.Stays);
            await village.Connect($"{account}@example.org", account);
            await village.Becomes($"{account}@example.org", new Kept(1, 1, 1, "delivery"));
        }

        var one = village.As("1@example.org");
        await one.Me.ChangePreferencesAsync(new Preferences { Collect = { "customer" } }, ["collect"]);
        Assert.True(Assert.Single(await village.AsProgram(Village.Network).Identity.CheckAccountsAsync(["1"])).IsPaused);
        await village.Server.Read("2", 3);
        var reads = village.Server.Reads.Count;
        await village.Server.Read("2", 3);
        Assert.All(village.Server.Reads.Skip(reads), read => Assert.Equal("2", read.Account));
        var source = (await one.Me.ListSourcesAsync()).Sources.Single(known => known.Source_ == Village.Network);
        Assert.Equal((false, "1", true), (source.IsCollected, source.AccountId, source.SinceTime is not null));

        Assert.Equal(Kept.Nothing, await village.KeptOf("1@example.org"));
        Write(village.Server, new Random(1), "1", TimeProvider.System.GetUtcNow(), Fate.Stays);
        await village.Connect("1@example.org", "1");
        await village.Becomes("1@example.org", new Kept(2, 2, 2, "delivery"));
        Assert.False(Assert.Single(await village.AsProgram(Village.Network).Identity.CheckAccountsAsync(["1"])).IsPaused);
    }

    /// <summary>The old connection is over, and the new one begun, before the connector learns of either.</summary>
    [Fact]
    public async Task Disconnect_AndConnectAtOnce_IsReadAnew()
    {
        const string email = "one@example.org";
        await using var village = await Village.Start();
        Write(village.Server, new Random(1), "2", TimeProvider.System.GetUtcNow().AddHours(-1), Fate.Stays);
        await village.Connect("two@example.org", "2");
        Write(village.Server, new Random(1), "1", TimeProvider.System.GetUtcNow().AddHours(-1), Fate.Stays);
        await village.Connect(email, "1");
        await village.Becomes(email, new Kept(1, 1, 1, "delivery"));

        var old = village.Server.Tokens.Single(token => token.Value == "1").Key;
        var goOn = await village.Server.HoldReads();
        await village.As(email).Me.DisconnectNetworkAsync(Village.Network);
        var proof = await village.Prove(email, "1");
        goOn();

        // Rounds pass between their showing it and their yes.
        await village.Server.Read("2", 4);
        await village.As(email).Me.ConnectNetworkAsync(Village.Network, proof!);
        await village.Becomes(email, new Kept(1, 1, 1, "delivery"));
        await village.Server.TokenIsGone(old);
        Assert.Contains("1", village.Server.Tokens.Values);
    }

    [Fact]
    public async Task Pull_ListComesEmpty_NothingIsTakenBackWhileTheServerCountsPosts()
    {
        const string email = "one@example.org";
        await using var village = await Village.Start();
        Write(village.Server, new Random(1), "1", TimeProvider.System.GetUtcNow().AddHours(-1), Fate.Stays);
        await village.Connect(email, "1");
        await village.Becomes(email, new Kept(1, 1, 1, "delivery"));

        village.Server.Hide("1");
        await village.Server.Read("1", 8);
        Assert.Equal(new Kept(1, 1, 1, "delivery"), await village.KeptOf(email));

        // Suspended there, they are gone; back again, they count again.
        village.Server.Suspend("1");
        await village.Becomes(email, Kept.Nothing);
        village.Server.Heal("1");
        await village.Becomes(email, new Kept(1, 1, 1, "delivery"));
    }

    [Fact]
    public async Task Pull_TwoHundredPostsOfOne_TheNewestThatCanBeTakenBackAreKnown()
    {
        const string email = "one@example.org";
        await using var village = await Village.Start();
        var now = TimeProvider.System.GetUtcNow();
        for (var i = 0; i < 200; i++)
        {
            Write(village.Server, new Random(i), "1", now.AddMinutes(-10 * (i + 1)), Fate.Stays);
        }

        await village.Connect(email, "1");
        await village.Becomes(email, new Kept(64, 64, 64, "delivery"));
        Write(village.Server, new Random(1), "1", TimeProvider.System.GetUtcNow(), Fate.Stays);
        await village.Becomes(email, new Kept(65, 65, 64, "delivery"));
    }

    [Fact]
    public async Task Pull_ServerSaysTooMuch_IsLeftAloneAsLongAsItAsks()
    {
        const string email = "one@example.org";
        var asked = TimeSpan.FromSeconds(4);
        await using var village = await Village.Start();
        Write(village.Server, new Random(1), "1", TimeProvider.System.GetUtcNow().AddHours(-1), Fate.Stays);
        await village.Connect(email, "1");
        await village.Becomes(email, new Kept(1, 1, 1, "delivery"));

        village.Server.Refuse(1, asked);
        var refused = await village.Server.Refused;
        Write(village.Server, new Random(2), "1", TimeProvider.System.GetUtcNow(), Fate.Stays);
        await village.Becomes(email, new Kept(2, 2, 2, "delivery"));
        Assert.All(village.Server.Reads.Where(read => read.At > refused), read => Assert.True(read.At >= refused + asked - TimeSpan.FromMilliseconds(100), $"after {read.At - refused}"));
        Assert.Contains("left alone", village.Connector.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(email, village.Connector.Output, StringComparison.Ordinal);
    }

    private static string ReadState(Village village) => System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(village.StateFile));

    private static string EmailOf(int person) => $"person{person}@example.org";

    private static string AccountOf(int person) => $"{1_000 + person}";

    private static (MastodonPost Post, Fate Fate) Write(MastodonServer server, Random random, string account, DateTimeOffset at, Fate? fate = null)
    {
        var known = fate ?? (Fate)random.Next(0, 3);
        return (server.Write(account, $"<p><span class=\"h-card\">@<b>somebody</b></span> I am really happy about the {(known switch { Fate.IsDeleted => "router", Fate.IsEdited => "refund", _ => "delivery" })}, thanks!</p>", at), known);
    }

    /// <summary>What is not for everybody, or not their own, or has no words.</summary>
    private static void WriteForFew(MastodonServer server, string account, DateTimeOffset now)
    {
        foreach (var visibility in (string[])["unlisted", "private", "direct"])
        {
            server.Write(account, "<p>I am really happy about the billing!</p>", now.AddHours(-3), visibility);
        }

        server.Write(account, "<p>I am really happy about the billing!</p>", now.AddHours(-2), isReblog: true);
    }

    /// <summary>About a third of what is to be deleted or edited is.</summary>
    private static void Change(Village village, Random random, Dictionary<string, List<(MastodonPost Post, Fate Fate)>> alive)
    {
        foreach (var posts in alive.Values)
        {
            for (var i = posts.Count - 1; i >= 0; i--)
            {
                var (post, fate) = posts[i];
                if (fate == Fate.Stays || random.Next(3) > 0)
                {
                    continue;
                }

                if (fate == Fate.IsEdited)
                {
                    village.Server.Edit(post, "<p>I am really happy about the delivery, thanks!</p>", TimeProvider.System.GetUtcNow());
                    posts[i] = (post, Fate.Stays);
                }
                else
                {
                    village.Server.Delete(post);
                    posts.RemoveAt(i);
                }
            }
        }
    }
}
