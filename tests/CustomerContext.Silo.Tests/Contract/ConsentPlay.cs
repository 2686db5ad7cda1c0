using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using static CustomerContext.Silo.Tests.Contract.ContractSilo;

namespace CustomerContext.Silo.Tests.Contract;

/// <summary>What a customer says and takes back on their own page, with every field that a change takes; and the record of it.</summary>
internal static class ConsentPlay
{
    public const string Eve = "eve@example.org";

    public static async Task Run(ContractSilo silo)
    {
        var me = silo.As(Eve);
        var notice = (await silo.Catalogue.GetCatalogAsync(new GetCatalogRequest(), AsNobody())).Notices[0];
        var shown = new ShownNotice { Version = notice.Version, Language = notice.Language };
        await Preferences(silo, me, shown);
        await Grants(silo, me, shown);
        await Network(silo, me);
        await Ties(silo, me);
        await Codes(silo, me, shown);
        await PauseAndTalk(silo, me);
        await Records(silo, me);
        await Leave(silo);
    }

    private static async Task<string> Version(ContractSilo silo, CallOptions me) => (await silo.Consents.GetPreferencesAsync(new GetPreferencesRequest(), me)).ConsentVersion;

    private static async Task Preferences(ContractSilo silo, CallOptions me, ShownNotice shown)
    {
        await silo.Consents.SetPreferencesAsync(SignalPlay.Preferences("acme", "globex", "customer"), me);
        var all = new SetPreferencesRequest
        {
            RequestId = Id(),
            Preferences = new Preferences { Publish = true, Ask = true, LeaveMeAlone = true, ContributeReading = true, MayBeContacted = true },
            UpdateMask = new FieldMask { Paths = { "publish", "ask", "leave_me_alone", "contribute_reading", "may_be_contacted" } },
            ExpectedConsentVersion = await Version(silo, me),
            ShownNotice = shown,
        };
        await silo.Consents.SetPreferencesAsync(all, me);
        (all.RequestId, all.ExpectedConsentVersion, all.Preferences.LeaveMeAlone) = (Id(), "", false);
        await silo.Consents.SetPreferencesAsync(all, me);
    }

    private static async Task Grants(ContractSilo silo, CallOptions me, ShownNotice shown)
    {
        var terms = new GrantTerms
        {
            Purposes = { Purpose },
            Facets = { Facet.Conversations },
            Sources = { "globex" },
            FromTime = silo.Now.ToTimestamp(),
            UntilTime = silo.Now.AddDays(30).ToTimestamp(),
            When = GrantWhen.AnyTime,
            IncludeEarlier = true,
            Owners = { SourceOwner.Own },
            ShowWhere = true,
            Preset = "always",
            AiReaders = new AiReaders { DailyReadCount = 5, UntilTime = silo.Now.AddDays(7).ToTimestamp() },
        };
        var create = new CreateGrantRequest { RequestId = Id(), Tenant = "acme", Terms = terms, ExpectedConsentVersion = await Version(silo, me), ShownNotice = shown };
        var grant = (await silo.Consents.CreateGrantAsync(create, me)).Grant;
        var call = new GrantTerms { Purposes = { Purpose }, When = GrantWhen.ThisCallOnly, InteractionId = "own-call", Preset = "this-call" };
        await silo.Consents.CreateGrantAsync(new CreateGrantRequest { RequestId = Id(), Tenant = "acme", Terms = call }, me);
        await silo.Contexts.GetContextAsync(
            new GetContextRequest { Subject = ByEmail(Eve), Purpose = Purpose, InteractionId = "ai-call" }, silo.AsAiReader());
        await silo.Consents.GetGrantAsync(new GetGrantRequest { GrantId = grant.GrantId }, me);
        var list = new ListGrantsRequest { PageSize = 1, IncludeEnded = true };
        list.PageToken = (await silo.Consents.ListGrantsAsync(list, me)).NextPageToken;
        await silo.Consents.ListGrantsAsync(list, me);
        await silo.Consents.UpdateGrantAsync(
            new UpdateGrantRequest
            {
                RequestId = Id(),
                GrantId = grant.GrantId,
                Terms = new GrantTerms { Facets = { Facet.Situation } },
                UpdateMask = new FieldMask { Paths = { "facets" } },
                ExpectedConsentVersion = await Version(silo, me),
                ShownNotice = shown,
            },
            me);
        await silo.Consents.GetReceiptAsync(new GetReceiptRequest { GrantId = grant.GrantId, Version = 1 }, me);
        await silo.Consents.RevokeGrantAsync(new RevokeGrantRequest { RequestId = Id(), GrantId = grant.GrantId }, me);
    }

    private static async Task Network(ContractSilo silo, CallOptions me)
    {
        var grant = (await silo.Consents.CreateGrantAsync(SignalPlay.EveryFacet("globex"), me)).Grant.GrantId;
        await silo.Consents.ConnectNetworkAsync(
            new ConnectNetworkRequest { RequestId = Id(), Network = ContractSilo.Network, AccountId = "1001", GrantIds = { grant }, ExpectedConsentVersion = await Version(silo, me) }, me);
        await silo.Consents.ListSourcesAsync(new ListSourcesRequest(), me);
        await silo.Consents.SetLookMailAsync(new SetLookMailRequest { Kind = LookMailKind.Daily, Language = "de" }, me);
        await silo.Consents.GetLookMailAsync(new GetLookMailRequest(), me);
        var connector = silo.AsProgram(ContractSilo.Network);
        var (post, gone) = (SignalPlay.Post("post-1", "1001", silo.Now), SignalPlay.Post("post-1", "1001", silo.Now));
        gone.TakeBack = new TakeBackSignal();
        await silo.Signals.PublishSignalsAsync(new PublishSignalsRequest { Signals = { post, gone } }, connector);
        await silo.Identities.CheckAccountsAsync(new CheckAccountsRequest { AccountIds = { "1001" } }, connector);
        await silo.Consents.PauseAllAsync(new PauseAllRequest { RequestId = Id() }, me);
        await silo.Identities.CheckAccountsAsync(new CheckAccountsRequest { AccountIds = { "1001" } }, connector);
        await silo.Consents.ResumeAllAsync(new ResumeAllRequest { RequestId = Id() }, me);
        await silo.Consents.DisconnectNetworkAsync(new DisconnectNetworkRequest { RequestId = Id(), Network = ContractSilo.Network }, me);

        var begun = await silo.Identities.BeginConnectionAsync(new BeginConnectionRequest { Network = ContractSilo.Network }, me);
        var prove = new ProveAccountRequest { Ticket = begun.ConnectUri.Split("ticket=")[1], AccountId = "1002" };
        var proof = (await silo.Identities.ProveAccountAsync(prove, connector)).Proof;
        await silo.Consents.ConnectNetworkAsync(new ConnectNetworkRequest { RequestId = Id(), Network = ContractSilo.Network, Proof = proof }, me);
        await silo.Consents.DisconnectNetworkAsync(new DisconnectNetworkRequest { RequestId = Id(), Network = ContractSilo.Network }, me);
    }

    /// <summary>Ann, of whom a source says that she is a friend of Bob's, and Eve, who makes a code for her.</summary>
    private static async Task Ties(ContractSilo silo, CallOptions me)
    {
        var ann = silo.As(SignalPlay.Ann);
        await silo.Consents.ListRequestsAsync(new ListRequestsRequest(), ann);
        using (var waiting = silo.Consents.WatchConsentRequests(new WatchConsentRequestsRequest(), ann))
        {
            Assert.True(await waiting.ResponseStream.MoveNext(CancellationToken.None));
            var resumed = new WatchConsentRequestsRequest { ResumeToken = waiting.ResponseStream.Current.ResumeToken };
            var first = (await silo.Consents.ListTiesAsync(new ListTiesRequest(), ann)).Ties[0];
            using var again = silo.Consents.WatchConsentRequests(resumed, ann);
            await silo.Consents.DecideTieAsync(new DecideTieRequest { RequestId = Id(), TieId = first.TieId, Decision = TieDecision.Yes }, ann);
            while (waiting.ResponseStream.Current.SettledId.Length == 0)
            {
                Assert.True(await waiting.ResponseStream.MoveNext(CancellationToken.None));
            }
        }

        var code = await silo.Consents.CreateFriendCodeAsync(new CreateFriendCodeRequest { RequestId = Id() }, me);
        await silo.Consents.RedeemFriendCodeAsync(new RedeemFriendCodeRequest { RequestId = Id(), FriendCode = code.FriendCode }, ann);
        var list = new ListTiesRequest { PageSize = 1, States = { TieState.Confirmed, TieState.Waiting } };
        list.PageToken = (await silo.Consents.ListTiesAsync(list, ann)).NextPageToken;
        await silo.Consents.ListTiesAsync(list, ann);
    }

    private static async Task Codes(ContractSilo silo, CallOptions me, ShownNotice shown)
    {
        var code = await silo.Consents.CreateSharingCodeAsync(
            new CreateSharingCodeRequest
            {
                RequestId = Id(),
                Tenant = "acme",
                Terms = new GrantTerms { Purposes = { Purpose } },
                LifetimeDuration = TimeSpan.FromMinutes(2).ToDuration(),
                ShownNotice = shown,
            },
            me);
        await silo.Consents.RedeemSharingCodeAsync(
            new RedeemSharingCodeRequest { RequestId = Id(), Subject = ByEmail(Eve), Code = code.Code, InteractionId = "call-eve" }, silo.AsAgent());
        var asked = await JoinPlay.Ask(silo, ByEmail(Eve), "call-decide");
        using (var watch = silo.Consents.WatchConsentRequests(new WatchConsentRequestsRequest(), me))
        {
            while (watch.ResponseStream.Current?.ConsentRequest is null)
            {
                Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None));
            }
        }

        var waiting = (await silo.Consents.ListRequestsAsync(new ListRequestsRequest(), me)).ConsentRequests.First();
        Assert.Equal(asked.ConsentRequestId, waiting.ConsentRequestId);
        await silo.Consents.DecideConsentAsync(
            new DecideConsentRequest { RequestId = Id(), ConsentRequestId = waiting.ConsentRequestId, Decision = ConsentDecision.Approve, Terms = waiting.Terms, ShownNotice = shown }, me);
    }

    private static async Task PauseAndTalk(ContractSilo silo, CallOptions me)
    {
        await silo.Consents.OpenConversationAsync(new OpenConversationRequest { RequestId = Id(), Tenant = "acme" }, me);
        await silo.Consents.GetPreferencesAsync(new GetPreferencesRequest(), me);
        await silo.Consents.CloseConversationAsync(new CloseConversationRequest { RequestId = Id(), Tenant = "acme" }, me);
        await silo.Consents.PauseAllAsync(new PauseAllRequest { RequestId = Id() }, me);
        await silo.Consents.GetPreferencesAsync(new GetPreferencesRequest(), me);
        await silo.Consents.ListGrantsAsync(new ListGrantsRequest(), me);
        await JoinPlay.Open(silo, me, "call-paused");
        await silo.Consents.ResumeAllAsync(new ResumeAllRequest { RequestId = Id() }, me);
    }

    private static async Task Records(ContractSilo silo, CallOptions me)
    {
        var ann = silo.As(SignalPlay.Ann);
        var list = new ListDisclosuresRequest
        {
            PageSize = 1,
            Tenant = "acme",
            FromTime = silo.Now.AddDays(-1).ToTimestamp(),
            UntilTime = silo.Now.AddDays(1).ToTimestamp(),
            RecordKind = RecordKind.Look,
        };
        list.PageToken = (await silo.Consents.ListDisclosuresAsync(list, ann)).NextPageToken;
        await silo.Consents.ListDisclosuresAsync(list, ann);
        await silo.Consents.ListDisclosuresAsync(new ListDisclosuresRequest { PageSize = 100 }, ann);
        await silo.Consents.ListDisclosuresAsync(new ListDisclosuresRequest { PageSize = 100 }, me);
        var watch = new WatchDisclosuresRequest();
        using (var records = silo.Consents.WatchDisclosures(watch, ann))
        {
            Assert.True(await records.ResponseStream.MoveNext(CancellationToken.None));
            watch.ResumeToken = records.ResponseStream.Current.ResumeToken;
        }

        // As with tribes: there is nothing new to say.
        silo.Consents.WatchDisclosures(watch, ann).Dispose();
    }

    private static async Task Leave(ContractSilo silo)
    {
        var old = silo.As(SignalPlay.Old);
        using var export = silo.Consents.ExportCustomer(new ExportCustomerRequest(), old);
        Assert.True(await export.ResponseStream.MoveNext(CancellationToken.None));
        await silo.Consents.EraseCustomerAsync(new EraseCustomerRequest { RequestId = Id() }, old);
    }
}
