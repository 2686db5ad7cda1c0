using System.Security.Cryptography;
using CustomerContext.Clients.Tests.Fakes;
using CustomerContext.V1;

namespace CustomerContext.Clients.Tests.Cli;

/// <summary><c>ctx disclosures --verify</c>: the whole record, an end that was kept, and who signed where it was cut.</summary>
public sealed class VerifyCommandTests
{
    private static readonly Disclosure[] _chain = Chains.Of(6);

    [Fact]
    public async Task Verify_TheEndKeptEarlier_HeldAndReplacedByTheEndOfNow()
    {
        using var ctx = new CtxRun(null);
        var file = ctx.Write("my-record", TextOf(Chains.HeadOf(_chain[3..])));

        var (exitCode, output, _) = await VerifyAsync(Whole(), "--head", file);

        Assert.Equal(0, exitCode);
        Assert.Contains("leads on from the end that you kept, record 3", output);
        Assert.Equal(TextOf(Chains.HeadOf(_chain)), File.ReadAllText(file).Trim());
    }

    [Fact]
    public async Task Verify_NoEndKeptYet_KeptAndNothingElseIsClaimed()
    {
        using var ctx = new CtxRun(null);

        var (exitCode, output, _) = await VerifyAsync(Whole(), "--head", ctx.PathOf("new"));

        Assert.Equal(0, exitCode);
        Assert.DoesNotContain("leads on", output);
        Assert.Equal(TextOf(Chains.HeadOf(_chain)), File.ReadAllText(ctx.PathOf("new")).Trim());
    }

    [Fact]
    public async Task Verify_TheEndKeptIsOfAnotherChain_RefusedAndStillKept()
    {
        using var ctx = new CtxRun(null);
        var file = ctx.Write("my-record", $"3 {new string('0', 64)}");

        var (exitCode, _, errors) = await VerifyAsync(Whole(), "--head", file);

        Assert.Equal(1, exitCode);
        Assert.Contains("does not lead to the head at record 3", errors);
        Assert.StartsWith("3 00", File.ReadAllText(file));
    }

    [Fact]
    public async Task Verify_TheEndKeptIsPruned_SaidAndNotTakenForATrick()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var ctx = new CtxRun(null);
        var file = ctx.Write("my-record", TextOf(Chains.HeadOf(_chain[4..])));

        var (exitCode, output, _) = await VerifyAsync(CutAfter(3, key), "--head", file);

        Assert.Equal(0, exitCode);
        Assert.Contains("record 2, is past its time and was pruned", output);
        Assert.DoesNotContain("leads on", output);
    }

    [Fact]
    public async Task Verify_CutAndSigned_SaidToBe()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        var (exitCode, output, _) = await VerifyAsync(CutAfter(3, key), key);

        Assert.Equal(0, exitCode);
        Assert.Contains("cut after record 3", output);
        Assert.Contains("the provider signed that", output);
    }

    [Fact]
    public async Task Verify_CutAndNoKeySet_NotSaidToBeSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        var (exitCode, output, _) = await VerifyAsync(CutAfter(3, key));

        Assert.Equal(0, exitCode);
        Assert.Contains("is checked with --keys", output);
    }

    [Fact]
    public async Task Verify_CutSignedBySomebodyElse_Refused()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        var (exitCode, _, errors) = await VerifyAsync(CutAfter(3, other), key);

        Assert.Equal(1, exitCode);
        Assert.Contains("not signed with a key of this set", errors);
    }

    [Fact]
    public async Task Verify_AnotherCutThanTheSignedOne_Refused()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var list = CutAfter(3, key);
        list.Checkpoint.Signature = Chains.Cut(Chains.HeadOf(_chain[4..]), key).Signature;

        var (exitCode, _, errors) = await VerifyAsync(list, key);

        Assert.Equal(1, exitCode);
        Assert.Contains("not the one that was signed", errors);
    }

    [Fact]
    public async Task Verify_AnotherTimeThanTheSignedOne_Refused()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var list = CutAfter(3, key);
        list.Checkpoint.CreateTime.Seconds--;

        Assert.Equal(1, (await VerifyAsync(list, key)).ExitCode);
    }

    [Fact]
    public async Task Verify_AReceiptInPlaceOfACheckpoint_Refused()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var list = CutAfter(3, key);
        list.Checkpoint.Signature = Chains.Cut(list.Checkpoint.Head, key, "erasure-receipt").Signature;

        Assert.Equal(1, (await VerifyAsync(list, key)).ExitCode);
    }

    [Theory]
    [InlineData("--keys", "no-such-file")]
    [InlineData("--head", "record")]
    public async Task Verify_OptionWithoutVerify_WrongUsage(string option, string value)
    {
        using var ctx = new CtxRun(null);

        Assert.Equal(2, await ctx.RunAsync("disclosures", "--as", "a@b.example", option, value));
    }

    [Fact]
    public async Task Verify_NoKeySetThere_WrongUsage()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        Assert.Equal(2, (await VerifyAsync(CutAfter(3, key), "--keys", "no-such-file")).ExitCode);
    }

    private static ListDisclosuresResponse Whole() => new() { Disclosures = { _chain }, ChainHead = Chains.HeadOf(_chain) };

    private static ListDisclosuresResponse CutAfter(int sequence, ECDsa key)
    {
        var cut = _chain.Length - sequence;
        return new() { Disclosures = { _chain[..cut] }, ChainHead = Chains.HeadOf(_chain), Checkpoint = Chains.Cut(Chains.HeadOf(_chain[cut..]), key) };
    }

    private static async Task<(int ExitCode, string Output, string Errors)> VerifyAsync(ListDisclosuresResponse list, ECDsa published)
    {
        using var ctx = new CtxRun(null);
        return await VerifyAsync(list, "--keys", ctx.Write("jwks.json", Chains.KeySet(published)));
    }

    private static async Task<(int ExitCode, string Output, string Errors)> VerifyAsync(ListDisclosuresResponse list, params string[] options)
    {
        await using var server = await FakeServer.StartAsync();
        server.Script.OnOther = (_, _) => list;
        using var ctx = new CtxRun(server);
        var exitCode = await ctx.RunAsync(["disclosures", "--as", "a@b.example", "--verify", .. options]);
        return (exitCode, ctx.Output.ReplaceLineEndings(" "), ctx.Errors.ReplaceLineEndings(" "));
    }

    private static string TextOf(ChainHead head) => $"{head.Sequence} {Convert.ToHexStringLower(head.Hash.Span)}";
}
