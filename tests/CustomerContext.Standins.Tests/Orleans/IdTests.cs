using Orleans.Runtime;

namespace CustomerContext.Standins.Tests.OrleansTests;

public sealed class IdTests
{
    [Theory]
    [InlineData("", 0x055DCC02u)]
    [InlineData("abc", 0xFF53D132u)]
    [InlineData("Nobody inspects the spammish repetition", 0x2F3B29E2u)]
    public void UniformHash_KnownText_IsXxHash32InReverse(string text, uint hash) => Assert.Equal(hash, IdSpan.Create(text).GetUniformHashCode());

    [Fact]
    public void GrainId_WrittenAndParsed_IsEqual()
    {
        var id = GrainId.Create("customer", "key/with/slashes and ünïcode");
        Assert.Equal("customer/key/with/slashes and ünïcode", id.ToString());
        Assert.Equal(id, GrainId.Parse(id.ToString()));
        Assert.Equal(id.GetHashCode(), GrainId.Parse(id.ToString()).GetHashCode());
        Assert.NotEqual(id, GrainId.Create("customer", "other"));
        Assert.Equal(unchecked((id.Type.GetUniformHashCode() * 31) + id.Key.GetUniformHashCode()), id.GetUniformHashCode());
    }

    [Fact]
    public void GrainId_NoSlash_IsNotParsed() => Assert.Throws<ArgumentException>(() => GrainId.Parse("customer"));
}
