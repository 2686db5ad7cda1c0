using CustomerContext.V1;

namespace CustomerContext.Cli.Output;

/// <summary>Proposals in words, each with the command that makes it true. What is not answered stays a proposal.</summary>
internal static class ProposalLines
{
    /// <summary>What is proposed, by whom or why.</summary>
    public static string What(Proposal proposal)
    {
        var who = proposal.Source.Length > 0 ? $"{proposal.Source} says" : "Somebody says";
        var why = proposal.Topics.Count > 0 ? $" ({string.Join(", ", proposal.Topics)})" : "";
        return proposal.Kind switch
        {
            ProposalKind.Friend => $"{who} that you are friends.",
            ProposalKind.Follow => $"{who} that you follow them.",
            ProposalKind.LeaveTribe => $"You no longer talk about what {proposal.TribeId} shares{why}.",
            _ when proposal.Source.Length > 0 => $"{who} that you are in {proposal.TribeId}.",
            _ => $"{proposal.TribeId} shares what is on your mind{why}.",
        };
    }

    /// <summary>The command that says yes.</summary>
    public static string Answer(Proposal proposal) => proposal.Kind switch
    {
        ProposalKind.Friend or ProposalKind.Follow => $"ctx ties {proposal.TieId} --say yes --as …",
        ProposalKind.LeaveTribe => $"ctx publish --as … --leave {proposal.TribeId}",
        _ => $"ctx publish --as … --join {proposal.TribeId}",
    };
}
