using System.Text.Json;
using CustomerContext.Faults.Tests.Harness;
using CustomerContext.V1;

namespace CustomerContext.Faults.Tests.Records;

/// <summary>The export: all that the API shows of the customer is in it, and nothing of anybody else.</summary>
public sealed class ExportTests(RunningSilo running) : IClassFixture<RunningSilo>
{
    private const int PieceBytes = 65_536;

    [Fact]
    public async Task ExportCustomer_FullCustomer_EverythingThatIsShownIsInIt()
    {
        var customer = new FullCustomer($"export{Requests.NewId()[..8]}");
        var grant = await customer.Make(running.Client);
        var log = await LogFile.Read(running.Client, customer.Email);

        using var export = JsonDocument.Parse(await Export(customer.Email));

        var root = export.RootElement;
        Assert.Equal("customercontext-export-5", root.GetProperty("format").GetString());
        var stored = root.GetProperty("consent").GetProperty("grants")[0];
        Assert.Equal(grant, stored.GetProperty("id").GetString());
        Assert.Equal("acme", stored.GetProperty("tenant").GetString());
        var conversation = root.GetProperty("context").GetProperty("sources")[0].GetProperty("conversations")[0];
        var shown = (await running.Client.Contexts.GetContextAsync(Requests.Lookup(customer.Email), running.Client.AsAgent())).Context;
        Assert.Equal(shown.Conversations.Latest[0].ConversationId, conversation.GetProperty("id").GetString());
        Assert.Equal(shown.Conversations.Latest[0].Link, conversation.GetProperty("link").GetString());
        Assert.Equal("globex", root.GetProperty("refused_looks")[0].GetProperty("tenant").GetString());
        AssertSame(log, root.GetProperty("disclosures"));
    }

    [Fact]
    public async Task ExportCustomer_FriendsAndTribes_HandedOverWithoutThePeople()
    {
        var (email, friend) = ($"around{Requests.NewId()[..8]}@example.org", $"friend{Requests.NewId()[..8]}@example.org");
        foreach (var person in (string[])[email, friend])
        {
            var preferences = Requests.Preferences("acme", "customer");
            preferences.Preferences.Contribute.Add(Requests.Purpose);
            await running.Client.Consents.SetPreferencesAsync(preferences, running.Client.AsCustomer(person));
        }

        await running.Client.Signals.PublishSignalsAsync(
            Requests.Publish(
                Own(signal => signal.Relationship = new RelationshipSignal
                {
                    Other = new SubjectIdentifier { Email = friend },
                    Kind = RelationshipKind.Friend,
                    Change = RelationshipChange.Began,
                }),
                Own(signal => signal.Membership = new MembershipSignal { TribeId = "e-bikers", Change = MembershipChange.Joined }),
                Own(signal => signal.Survey = new SurveySignal { Question = "csat", Answer = 5, ScaleMinimum = 1, ScaleMaximum = 5 })),
            running.Client.AsCustomer(email));

        using var export = JsonDocument.Parse(await Export(email));

        var around = export.RootElement.GetProperty("around");
        var tie = around.GetProperty("ties")[0];
        Assert.Equal("Friend", tie.GetProperty("kind").GetString());
        Assert.True(tie.GetProperty("mine").TryGetProperty("began", out _));
        Assert.False(tie.GetProperty("theirs").TryGetProperty("began", out _));
        Assert.False(tie.TryGetProperty("other", out _));
        Assert.Equal("e-bikers", around.GetProperty("memberships")[0].GetProperty("tribe").GetString());
        Assert.Equal(50, around.GetProperty("outbox").GetProperty("sent").GetProperty("voice").GetProperty("score").GetInt32());
        Assert.Equal(Requests.Purpose, around.GetProperty("outbox").GetProperty("audiences")[0].GetProperty("audience").GetString());
    }

    [Fact]
    public async Task ExportCustomer_ManyRecords_PiecesWithinTheirLimit()
    {
        var email = $"{Requests.NewId()}@example.org";
        await running.Client.MakeCustomer(email, "acme");
        for (var look = 0; look < 150; look++)
        {
            await running.Client.Contexts.GetContextAsync(Requests.Lookup(email), running.Client.AsAgent());
        }

        using var call = running.Client.Consents.ExportCustomer(new ExportCustomerRequest(), running.Client.AsCustomer(email));
        var sizes = new List<int>();
        while (await call.ResponseStream.MoveNext(CancellationToken.None))
        {
            sizes.Add(call.ResponseStream.Current.Piece.Length);
        }

        Assert.True(sizes.Count > 1);
        Assert.All(sizes, size => Assert.InRange(size, 1, PieceBytes));
        Assert.Contains(PieceBytes, sizes);
    }

    [Fact]
    public async Task ExportCustomer_Nobody_SaysThatThereIsNothing()
    {
        using var export = JsonDocument.Parse(await Export($"{Requests.NewId()}@example.org"));

        Assert.Equal(["format", "exported_time"], export.RootElement.EnumerateObject().Select(property => property.Name));
    }

    [Fact]
    public async Task ExportCustomer_OfOneCustomer_NothingOfAnother()
    {
        var (one, other) = (new FullCustomer($"one{Requests.NewId()[..8]}"), new FullCustomer($"other{Requests.NewId()[..8]}"));
        await one.Make(running.Client);
        await other.Make(running.Client);
        using var folder = new Testing.TempFolder();
        await File.WriteAllBytesAsync(folder.File("export.json"), await Export(one.Email));

        Assert.NotEmpty(one.Stored.FoundIn([folder.Path]));
        Assert.DoesNotContain(other.Needles.FoundIn([folder.Path]), found => !found.StartsWith("perfectly", StringComparison.Ordinal));
    }

    private async Task<byte[]> Export(string email)
    {
        using var document = new MemoryStream();
        using var call = running.Client.Consents.ExportCustomer(new ExportCustomerRequest(), running.Client.AsCustomer(email));
        while (await call.ResponseStream.MoveNext(CancellationToken.None))
        {
            call.ResponseStream.Current.Piece.WriteTo(document);
        }

        return document.ToArray();
    }

    private static Signal Own(Action<Signal> with)
    {
        var signal = new Signal { Id = Requests.NewId(), OccurredTime = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow()) };
        with(signal);
        return signal;
    }

    private static void AssertSame(ListDisclosuresResponse log, JsonElement exported)
    {
        Assert.Equal(log.Disclosures.Count, exported.GetArrayLength());
        foreach (var (shown, stored) in log.Disclosures.Zip(exported.EnumerateArray()))
        {
            Assert.Equal(shown.Sequence, stored.GetProperty("sequence").GetInt64());
            Assert.Equal(shown.ConsentEpoch, stored.GetProperty("consent_epoch").GetInt64());
            Assert.Equal(Convert.ToHexStringLower(shown.Salt.Span), stored.GetProperty("salt").GetString());
            Assert.Equal(Convert.ToHexStringLower(shown.Hash.Span), stored.GetProperty("hash").GetString());
            Assert.Equal(shown.Record.ToByteArray(), stored.GetProperty("committed").GetBytesFromBase64());
            Assert.Equal(shown.Record.ToStringUtf8(), stored.GetProperty("record").GetRawText());
        }
    }
}
