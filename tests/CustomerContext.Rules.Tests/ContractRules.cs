using System.Text.RegularExpressions;

namespace CustomerContext.Rules.Tests;

/// <summary>What names and comments of the contract keep to, beside what <c>contracts/check</c> looks at.</summary>
public partial class ContractRules
{
    [Fact]
    public void Moments_InTheContract_EndInTimeAndNothingElseDoes() =>
        Assert.DoesNotContain(Fields(), field => field.Type == "google.protobuf.Timestamp" != field.Name.EndsWith("_time", StringComparison.Ordinal));

    [Fact]
    public void LengthsOfTime_InTheContract_EndInDurationAndNothingElseDoes() =>
        Assert.DoesNotContain(Fields(), field => field.Type == "google.protobuf.Duration" != field.Name.EndsWith("_duration", StringComparison.Ordinal));

    [Fact]
    public void WholeNumbers_InTheContract_SayWhatTheyCount() =>
        Assert.DoesNotContain(Fields(), field => field.Type is "int32" or "int64" && !WholeNumber().IsMatch(field.Name));

    [Fact]
    public void Enums_InTheContract_SayWhatAnUnknownValueMeans()
    {
        var enums = Texts().SelectMany(file => EnumWithComment().Matches(file)).ToArray();
        Assert.NotEmpty(enums);
        Assert.DoesNotContain(enums, one => !one.Groups["comment"].Value.Contains("unknown", StringComparison.Ordinal));
    }

    [Fact]
    public void Fields_OfTheContract_AreReadOrSetByTheSilo()
    {
        var words = Repository.Sources("*.cs", "silo/CustomerContext.Silo").SelectMany(file => Word().Matches(File.ReadAllText(file))).Select(word => word.Value).ToHashSet(StringComparer.Ordinal);
        Assert.DoesNotContain(Fields(), field => !words.Contains(InCode(field.Name)) && !words.Contains(InCode(field.Name) + "_"));
    }

    private static string InCode(string field) => string.Concat(field.Split('_').Select(part => char.ToUpperInvariant(part[0]) + part[1..]));

    private static IEnumerable<string> Texts() => Repository.Sources("*.proto", "contracts/customercontext").Select(File.ReadAllText);

    private static Field[] Fields()
    {
        Field[] fields = [.. Texts().SelectMany(file => FieldLine().Matches(file)).Select(match => new Field(match.Groups["type"].Value, match.Groups["name"].Value))];
        Assert.NotEmpty(fields);
        return fields;
    }

    [GeneratedRegex(@"^ +(?:repeated |optional )?(?<type>[A-Za-z][\w.]*) (?<name>[a-z_0-9]+) = \d+;", RegexOptions.Multiline)]
    private static partial Regex FieldLine();

    [GeneratedRegex(@"_count$|_number$|_size$|(^|_)version$|(^|_)code$|^sequence$|^consent_epoch$|^value$")]
    private static partial Regex WholeNumber();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();

    [GeneratedRegex(@"(?<comment>(?:^//[^\n]*\n)+)enum (?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex EnumWithComment();

    private sealed record Field(string Type, string Name);
}
