using CustomerContext.Domain.Joins;

namespace CustomerContext.Domain.Tests.Joins;

public sealed class JoinCodeTests
{
    [Theory]
    [InlineData("123456789", true)]
    [InlineData("12345678", false)]
    [InlineData("1234567890", false)]
    [InlineData("12345678a", false)]
    [InlineData("12345678\u0663", false)]
    [InlineData("", false)]
    public void IsCode_AnyText_NineDigitsOnly(string digits, bool expected) => Assert.Equal(expected, JoinCode.IsCode(digits));

    [Fact]
    public void Shown_ACode_InThrees() => Assert.Equal("123 456 789", JoinCode.Shown("123456789"));

    [Theory]
    [InlineData(15, 'a', false)]
    [InlineData(16, 'a', true)]
    [InlineData(64, '_', true)]
    [InlineData(65, 'a', false)]
    [InlineData(20, '.', false)]
    public void CheckSession_AtTheLimitsAndOnePast_Refused(int length, char c, bool isGood) =>
        Assert.Equal(isGood, JoinCode.CheckSession(new string(c, length), "session") is null);

    [Fact]
    public void CheckProof_AtTheLimitAndOnePast_LastRefused()
    {
        Assert.Null(JoinCode.CheckProof(new string('a', Limits.Joins.ProofCharacters), "link_proof"));
        Assert.NotNull(JoinCode.CheckProof(new string('a', Limits.Joins.ProofCharacters + 1), "link_proof"));
        Assert.Null(JoinCode.CheckProof("", "link_proof"));
        Assert.NotNull(JoinCode.CheckProof("", "link_proof", required: true));
    }
}
