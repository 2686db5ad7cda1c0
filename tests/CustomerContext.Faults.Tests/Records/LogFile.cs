using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Testing;
using CustomerContext.V1;
using Google.Protobuf;

namespace CustomerContext.Faults.Tests.Records;

/// <summary>A customer's log in a file, as <c>ctx disclosures --json</c> prints it, and the verifier that shares no code with the product.</summary>
internal static class LogFile
{
    private static int _files;

    /// <summary>The whole log.</summary>
    public static async Task<ListDisclosuresResponse> Read(SiloClient client, string email)
    {
        var all = new ListDisclosuresResponse();
        var page = "";
        do
        {
            var answer = await client.Consents.ListDisclosuresAsync(
                new ListDisclosuresRequest { PageSize = 500, PageToken = page }, client.AsCustomer(email));
            all.Disclosures.Add(answer.Disclosures);
            all.ChainHead ??= answer.ChainHead;
            all.Checkpoint ??= answer.Checkpoint;
            page = answer.NextPageToken;
        }
        while (page.Length > 0);

        return all;
    }

    /// <summary>The end of a chain as a customer keeps it.</summary>
    public static string Head(ChainHead head) => $"{head.Sequence} {Convert.ToHexStringLower(head.Hash.Span)}";

    /// <summary>What the verifier prints: <c>whole ...</c>, or what is wrong.</summary>
    public static async Task<string> Verify(TempFolder folder, ListDisclosuresResponse log, string? head = null, string? keys = null)
    {
        var number = Interlocked.Increment(ref _files);
        var file = folder.File($"log{number}.json");
        await File.WriteAllTextAsync(file, JsonFormatter.Default.Format(log));
        var headFile = "-";
        if (head is not null)
        {
            headFile = folder.File($"head{number}");
            await File.WriteAllTextAsync(headFile, head);
        }

        var keyFile = folder.File($"keys{number}.json");
        await File.WriteAllTextAsync(keyFile, keys ?? """{"keys":[]}""");
        return (await Node.Run("tests/clients/records/verify-log.mjs", file, headFile, keyFile)).Printed.Trim();
    }
}
