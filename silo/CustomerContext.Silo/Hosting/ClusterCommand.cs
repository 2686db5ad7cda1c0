using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CustomerContext.Silo.Access;
using CustomerContext.Silo.Config;

namespace CustomerContext.Silo.Hosting;

/// <summary>
/// What the program does instead of serving: <c>certificates --to FOLDER</c> makes an authority and one certificate of it, which all silos of a cluster show each other. The authority's key is
/// kept nowhere, so nobody can make another certificate: when this one ends, or its key is lost, the command makes both anew, in another folder.
/// </summary>
internal static class ClusterCommand
{
    private const string Authority = "authority.pem";
    private const string Silo = "silo.pem";
    private const int Years = 2;
    private const int SerialBytes = 16;

    private static readonly CommandLine _commandLine = new(new Dictionary<string, (string Key, bool IsFlag)> { ["--to"] = ("to", false) });

    /// <summary>True if <paramref name="args"/> were this command, which then has been done.</summary>
    public static async Task<bool> Run(string[] args)
    {
        if (args is not ["certificates", ..])
        {
            return false;
        }

        var folder = _commandLine.Read(args[1..]).GetValueOrDefault("to") ?? throw new SiloConfigException(["certificates --to FOLDER"]);
        DataFolder.Prepare(folder);
        if (((string[])[Authority, Silo]).FirstOrDefault(file => File.Exists(Path.Combine(folder, file))) is { } there)
        {
            throw new SiloConfigException([$"{folder} has {there} already, which running silos may use: with new ones they would not believe those that start. Name another folder, and change all silos at once."]);
        }

        Write(folder, TimeProvider.System.GetUtcNow());
        await Console.Out.WriteLineAsync($"{folder}: {Authority} (--cluster-authority), {Silo} with its key (--cluster-certificate). Both end in {Years} years.");
        return true;
    }

    private static void Write(string folder, DateTimeOffset now)
    {
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authority = new CertificateRequest("CN=CustomerContext cluster", authorityKey, HashAlgorithmName.SHA256);
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        authority.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        using var root = authority.CreateSelfSigned(now.AddDays(-1), now.AddYears(Years));

        using var siloKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var silo = new CertificateRequest($"CN={SiloTls.Name}", siloKey, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(SiloTls.Name);
        silo.CertificateExtensions.Add(names.Build());
        silo.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(SiloTls.Uses, critical: true));
        using var issued = silo.Create(root, root.NotBefore, root.NotAfter, RandomNumberGenerator.GetBytes(SerialBytes));

        SecretFile.Write(Path.Combine(folder, Authority), root.ExportCertificatePem() + "\n");
        SecretFile.Write(Path.Combine(folder, Silo), $"{issued.ExportCertificatePem()}\n{siloKey.ExportPkcs8PrivateKeyPem()}\n");
    }
}
