using CustomerContext.V1;
using Google.Api;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace CustomerContext.Silo.Api.Http.Contract;

/// <summary>The contract as it was when the silo was built.</summary>
internal static class ContractFiles
{
    private const string Prefix = "api/";
    private const string DescriptorSet = "customercontext.binpb";

    /// <summary>The text of each proto file, with all that they import, by its name below the folder of contracts.</summary>
    public static IReadOnlyDictionary<string, string> Texts { get; } = typeof(ContractFiles).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)
        .ToDictionary(name => name[Prefix.Length..], name => TextOf(name), StringComparer.Ordinal);

    /// <summary>The files once more, as descriptors that know their comments; the generated ones do not.</summary>
    public static IReadOnlyList<FileDescriptor> Descriptors()
    {
        var options = new ExtensionRegistry { AnnotationsExtensions.Http, ErrorReasonExtensions.StatusCode };
        using var content = Open(DescriptorSet);
        var set = FileDescriptorSet.Parser.WithExtensionRegistry(options).ParseFrom(content);
        return FileDescriptor.BuildFromByteStrings(set.File.Select(file => file.ToByteString()), options);
    }

    private static string TextOf(string name)
    {
        using var reader = new StreamReader(Open(name));
        return reader.ReadToEnd();
    }

    private static Stream Open(string name) => typeof(ContractFiles).Assembly.GetManifestResourceStream(name)!;
}
