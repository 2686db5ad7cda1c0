using CustomerContext.Domain.Common;
using CustomerContext.Domain.Ties;
using CustomerContext.Silo.Api.Tribes;
using CustomerContext.Silo.Config;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;
using Facet = CustomerContext.Domain.Common.Facet;
using Network = CustomerContext.V1.Network;
using NetworkMood = CustomerContext.V1.NetworkMood;

namespace CustomerContext.Silo.Api.Contexts;

/// <summary>The released facets as messages.</summary>
internal sealed class GroupMessages(TribeDirectory tribes)
{
    /// <summary>Puts <paramref name="facets"/> of <paramref name="content"/> into <paramref name="context"/>.</summary>
    public void Put(FacetSet facets, GroupsContent content, Context context)
    {
        context.Network = facets.Contains(Facet.Network) ? NetworkOf(content) : context.Network;
        context.Tribes = facets.Contains(Facet.Tribes) ? TribesOf(content) : context.Tribes;
        context.Influence = facets.Contains(Facet.Influence) ? InfluenceOf(content) : context.Influence;
        context.Help = facets.Contains(Facet.Help) ? HelpOf(content) : context.Help;
    }

    private static Network NetworkOf(GroupsContent content)
    {
        var network = new Network { AsOfTime = content.AsOf.ToTimestamp(), Friends = MoodOf(content.Friends), Followed = MoodOf(content.Followed) };
        if (content.Friends is not null || content.Followed is not null)
        {
            network.Provenance = Provenance.Inferred;
        }

        return network;
    }

    /// <summary>What was released of friends, or of those whom the customer follows; absent if nothing.</summary>
    public static NetworkMood? MoodOf(Domain.Networks.NetworkMood? mood) => mood is null ? null : new NetworkMood
    {
        Word = (V1.MoodWord)mood.Word,
        WeekDirection = TribeTranslator.DirectionOf(mood.Week),
        MonthDirection = TribeTranslator.DirectionOf(mood.Month),
        SizeBand = (V1.SizeBand)mood.Size,
        ReleaseTime = mood.At.ToTimestamp(),
    };

    private V1.Tribes TribesOf(GroupsContent content)
    {
        var message = new V1.Tribes { AsOfTime = content.AsOf.ToTimestamp() };
        var joined = content.Tribes
            .Select(tribe => (Joined: tribe, Info: tribes.Find(tribe.Tribe) ?? new TribeInfo(tribe.Tribe, tribe.Tribe.Value, [])))
            .OrderBy(tribe => tribe.Info.Name, StringComparer.Ordinal);
        message.Joined.AddRange(joined.Select(tribe => new V1.JoinedTribe
        {
            Tribe = TribeTranslator.ToProto(tribe.Info),
            Release = TribeTranslator.ToProto(tribe.Joined.Tribe, tribe.Joined.Release),
            Care = new TribeCare
            {
                WorthCare = tribe.Joined.Care.IsWorthCare,
                Reasons = { tribe.Joined.Care.Reasons.Select(reason => (V1.TribeCareReason)reason) },
            },
        }));
        if (message.Joined.Count > 0)
        {
            message.Provenance = Provenance.Inferred;
        }

        return message;
    }

    private static Help HelpOf(GroupsContent content)
    {
        var message = new Help { AsOfTime = (content.Help.At ?? content.AsOf).ToTimestamp() };
        message.Resources.AddRange(content.Help.Pages.Select(one => new HelpfulResource
        {
            Resource = one.Page.With.Address,
            Topic = one.Page.With.Topic,
            SizeBand = (V1.SizeBand)one.Page.Size,
            Basis = (V1.HelpBasis)one.Basis,
        }));
        if (message.Resources.Count > 0)
        {
            message.Provenance = Provenance.Inferred;
        }

        return message;
    }

    private static Influence InfluenceOf(GroupsContent content)
    {
        var message = new Influence { AsOfTime = (content.InfluenceAt ?? content.AsOf).ToTimestamp() };
        message.Topics.AddRange(content.Influence.Select(topic => new V1.TopicInfluence
        {
            Topic = topic.Influence.Topic,
            Standing = (V1.Standing)topic.Standing,
            Score = topic.Influence.Score.Ratio(),
            PeopleCount = topic.Influence.People,
            HelpfulCount = topic.Influence.Helpful,
            AnsweredCount = topic.Influence.Answered,
        }));
        if (message.Topics.Count > 0)
        {
            message.Provenance = Provenance.Inferred;
        }

        return message;
    }
}
