using CustomerContext.Domain.Common;
using CustomerContext.Silo.Access;
using CustomerContext.Testing;

namespace CustomerContext.Silo.Tests.Joins;

/// <summary>Who somebody new becomes.</summary>
public sealed class JoinCodesTests : IDisposable
{
    private static readonly DateTimeOffset _asked = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);

    private readonly TempFolder _folder = new();

    [Fact]
    public void Newcomer_TheSameAnswer_TheSamePersonAndAnythingElseAnotherOne()
    {
        var codes = new JoinCodes(DeploymentKey.In(_folder.Path));
        var first = codes.Newcomer("join", _asked, null, "mine");

        Assert.Equal(first, codes.Newcomer("join", _asked, null, "mine"));
        CustomerKey[] others =
        [
            codes.Newcomer("join", _asked.AddHours(2), null, "mine"), codes.Newcomer("join", _asked, null, "theirs"),
            codes.Newcomer("join", _asked, "login", "mine"), codes.Newcomer("join-2", _asked, null, "mine"),
        ];
        Assert.Equal(5, others.Append(first).Distinct().Count());
    }

    public void Dispose() => _folder.Dispose();
}
