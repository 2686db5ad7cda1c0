using System.Text;
using CustomerContext.Testing;

namespace CustomerContext.Faults.Tests.Records;

/// <summary>The search itself: what is planted is found, whichever way it is written.</summary>
public sealed class NeedlesTests : IDisposable
{
    private const string Text = "needle@example.org";

    private readonly TempFolder _folder = new();

    public static TheoryData<byte[]> Planted => new()
    {
        Encoding.UTF8.GetBytes($"<<{Text}>>"),
        Encoding.Unicode.GetBytes($"<<{Text}>>"),
        Encoding.UTF8.GetBytes(Convert.ToHexString(Encoding.UTF8.GetBytes(Text))),
        Encoding.UTF8.GetBytes(Convert.ToHexStringLower(Encoding.UTF8.GetBytes(Text))),
        Encoding.UTF8.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Text} and more"))),
        Encoding.UTF8.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes($"x{Text} and more"))),
        Encoding.UTF8.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes($"xx{Text} and more"))),
    };

    [Theory]
    [MemberData(nameof(Planted))]
    public void FoundIn_PlantedText_Found(byte[] planted)
    {
        File.WriteAllBytes(_folder.File("file"), [1, 2, 3, .. planted, 4]);

        Assert.Single(new Needles([Text]).FoundIn([_folder.Path]));
    }

    [Fact]
    public void FoundIn_OtherText_Nothing()
    {
        File.WriteAllText(_folder.File("file"), "needles@example.org");

        Assert.Empty(new Needles([Text]).FoundIn([_folder.Path], "nothing here either"));
    }

    [Fact]
    public void FoundIn_TextInTheLog_Found() => Assert.Single(new Needles([Text]).FoundIn([], $"warn: {Text}"));

    public void Dispose() => _folder.Dispose();
}
