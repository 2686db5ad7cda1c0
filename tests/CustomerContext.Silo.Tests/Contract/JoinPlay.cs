using CustomerContext.V1;
using Grpc.Core;
using static CustomerContext.Silo.Tests.Contract.ContractSilo;

namespace CustomerContext.Silo.Tests.Contract;

/// <summary>A yes in a call: of somebody new by a link, of a customer by a code, of somebody who mistypes.</summary>
internal static class JoinPlay
{
    private const string Ada = "ada@new.example.org";
    private const string Session = "session-of-a-browser";

    public static async Task Run(ContractSilo silo)
    {
        await Newcomer(silo);
        await Customer(silo);
        await silo.Consents.RequestConsentAsync(Request(new SubjectIdentifier { IssSub = new IssuerSubject { Iss = silo.Issuer, Sub = "device" } }, "call-device"), silo.AsAgent());
        await Stops(silo);
    }

    /// <summary>An agent asks, by the default.</summary>
    public static async Task<RequestConsentResponse> Ask(ContractSilo silo, SubjectIdentifier subject, string interaction) =>
        await silo.Consents.RequestConsentAsync(Request(subject, interaction), silo.AsAgent());

    /// <summary>A customer opens a code of somebody else's, which tells them what they are told of themselves.</summary>
    public static async Task Open(ContractSilo silo, CallOptions me, string interaction)
    {
        var asked = await Ask(silo, ByEmail($"{interaction}@new.example.org"), interaction);
        await silo.Consents.OpenJoinAsync(new OpenJoinRequest { Code = asked.JoinCode, Session = Session, Language = "fr" }, me);
    }

    private static RequestConsentRequest Request(SubjectIdentifier subject, string interaction) => new()
    {
        RequestId = Id(),
        Subject = subject,
        Terms = new GrantTerms { Purposes = { Purpose } },
        InteractionId = interaction,
        Language = "de",
    };

    private static async Task Newcomer(ContractSilo silo)
    {
        var asked = await Ask(silo, ByEmail(Ada), "call-ada");
        using var watch = silo.Consents.WatchConsentRequest(new WatchConsentRequestRequest { ConsentRequestId = asked.ConsentRequestId }, silo.AsAgent());
        var (code, proof) = await silo.LinkOf(Ada);
        await silo.Consents.OpenJoinAsync(new OpenJoinRequest { Code = code, LinkProof = proof, Session = Session }, AsNobody());
        var yes = new AcceptJoinRequest
        {
            RequestId = Id(),
            Code = code,
            LinkProof = proof,
            Session = Session,
            Digits = asked.SpokenDigits == "00" ? "01" : "00",
            ForMyself = true,
            OfAge = true,
            Preset = "this-call",
            ShowWhere = true,
            AiReaders = new AiReaders { DailyReadCount = 1 },
            CallMe = "Ada",
            Topics = { "router" },
            WantedOutcome = "refund",
            PleaseDoNot = { "call" },
            ShownNotice = new ShownNotice { Version = (await silo.Catalogue.GetCatalogAsync(new GetCatalogRequest(), AsNobody())).Notices[0].Version, Language = "en" },
        };
        await silo.Consents.AcceptJoinAsync(yes, AsNobody());
        (yes.RequestId, yes.Digits) = (Id(), asked.SpokenDigits);
        var accepted = await silo.Consents.AcceptJoinAsync(yes, AsNobody());
        Assert.Equal(AcceptJoinOutcome.Accepted, accepted.Outcome);
        while (watch.ResponseStream.Current?.Status?.State != ConsentRequestState.Granted)
        {
            Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None));
        }

        await silo.Consents.ListSourcesAsync(new ListSourcesRequest(), WithToken(accepted.AccessToken));
    }

    private static async Task Customer(ContractSilo silo)
    {
        var asked = await Ask(silo, ByEmail(SignalPlay.Bob), "call-bob");
        var yes = new AcceptJoinRequest
        {
            RequestId = Id(),
            Code = asked.JoinCode,
            Session = Session,
            Digits = asked.SpokenDigits,
            ForMyself = true,
            OfAge = true,
            KeepForLater = true,
        };
        await silo.Consents.AcceptJoinAsync(yes, silo.As(SignalPlay.Bob));
        asked = await Ask(silo, ByEmail(SignalPlay.Bob), "call-bob");
        await silo.Consents.OpenJoinAsync(new OpenJoinRequest { Code = asked.JoinCode, Session = Session }, silo.As(SignalPlay.Bob));
    }

    private static async Task Stops(ContractSilo silo)
    {
        const string tired = "tired@new.example.org";
        await Ask(silo, ByEmail(tired), "call-tired");
        var (code, proof) = await silo.LinkOf(tired);
        await silo.Consents.StopMessagesAsync(new StopMessagesRequest { Code = code, LinkProof = proof }, AsNobody());
    }
}
