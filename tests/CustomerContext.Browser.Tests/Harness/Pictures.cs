using CustomerContext.Testing;
using Microsoft.Playwright;

namespace CustomerContext.Browser.Tests.Harness;

/// <summary>The pictures of the README and of docs/pages.md. With CC_PICTURES=1 they replace those in docs/images.</summary>
internal static class Pictures
{
    private const int MaxBytes = 60 * 1024;

    /// <summary>Takes a picture of the page that somebody looks at: at most 60 KB.</summary>
    public static async Task Take(this Visitor visitor, string name)
    {
        var picture = await visitor.Page.ScreenshotAsync(new PageScreenshotOptions { Animations = ScreenshotAnimations.Disabled });
        Assert.InRange(picture.Length, 1, MaxBytes);
        if (Environment.GetEnvironmentVariable("CC_PICTURES") == "1")
        {
            var folder = Directory.CreateDirectory(Path.Combine(Repository.Root, "docs/images"));
            await File.WriteAllBytesAsync(Path.Combine(folder.FullName, $"{name}.png"), picture);
        }
    }
}
