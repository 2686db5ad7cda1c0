using CustomerContext.Domain.Common;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Tribes;
using CustomerContext.Silo.Api.Tribes;

namespace CustomerContext.Silo.Tests.Api;

/// <summary>What a tribe released, in the contract.</summary>
public sealed class TribeTranslatorTests
{
    private static readonly DateTimeOffset _at = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(null, false, 0)]
    [InlineData(0, true, 0)]
    [InlineData(-300, true, -0.3)]
    public void ToProto_MoodAsPostsShowIt_UnknownIsNotZero(int? shown, bool isThere, double score)
    {
        var release = new TribeRelease(1, _at, _at.AddDays(1), shown, null, null, Direction.Unknown, [], 50, 60, []);

        var message = TribeTranslator.ToProto(new TribeId("e-bikers"), release)!;

        Assert.Equal(isThere, message.HasShownScore);
        Assert.Equal(score, message.ShownScore);
    }

    [Theory]
    [InlineData(null, false, 0)]
    [InlineData(0, true, 0)]
    [InlineData(-300, true, -0.3)]
    public void ToProto_MoodOfTheStrataThatAreKnown_UnknownIsNotZero(int? known, bool isThere, double score)
    {
        var release = new TribeRelease(1, _at, _at.AddDays(1), 100, null, new KnownStrata(known, known is null ? 0 : 400, -500, 700), Direction.Unknown, [], 50, 60, []);

        var message = TribeTranslator.ToProto(new TribeId("e-bikers"), release)!.Known;

        Assert.Equal(isThere, message.HasScore);
        Assert.Equal(score, message.Score);
    }
}
