using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Groups;
using CustomerContext.Domain.Ties;
using Google.Protobuf.Collections;

namespace CustomerContext.Storage.Payloads;

/// <summary>Small values as numbers of a flat list; a default is an empty one.</summary>
internal static class Words
{
    public static void Write(RepeatedField<long> list, Statement statement)
    {
        if (statement != default)
        {
            list.AddRange([statement.Began.At, statement.Began.TieBreak, statement.Ended.At, statement.Ended.TieBreak]);
        }
    }

    public static Statement ReadStatement(RepeatedField<long> list) => list switch
    {
        [] => default,
        [var began, var beganTie, var ended, var endedTie] => new Statement(new Stamp(began, (uint)beganTie), new Stamp(ended, (uint)endedTie)),
        _ => throw new PayloadException("A stored statement is not whole."),
    };

    public static void Write(RepeatedField<long> list, Stamp stamp)
    {
        if (stamp != default)
        {
            list.AddRange([stamp.At, stamp.TieBreak]);
        }
    }

    public static Stamp ReadStamp(RepeatedField<long> list) => list switch
    {
        [] => default,
        [var at, var tieBreak] => new Stamp(at, (uint)tieBreak),
        _ => throw new PayloadException("A stored stamp is not whole."),
    };

    public static void Write(RepeatedField<long> list, ContributionVersion version)
    {
        if (version != default)
        {
            list.AddRange([version.Epoch, version.Number]);
        }
    }

    public static ContributionVersion ReadVersion(RepeatedField<long> list) => list switch
    {
        [] => default,
        [var epoch, var number] => new ContributionVersion(epoch, number),
        _ => throw new PayloadException("A stored version is not whole."),
    };

    public static Stored.Claim ToMessage(Claim claim)
    {
        var stored = new Stored.Claim { Source = claim.Source.Value };
        Write(stored.Word, claim.Statement);
        return stored;
    }

    public static ImmutableArray<Claim> ReadClaims(RepeatedField<Stored.Claim> claims) =>
        [.. claims.Select(claim => new Claim(new SourceId(claim.Source), ReadStatement(claim.Word)))];
}
