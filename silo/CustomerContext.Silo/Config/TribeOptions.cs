namespace CustomerContext.Silo.Config;

/// <summary>One tribe, as written in the configuration.</summary>
internal sealed class TribeOptions
{
    /// <summary>Its id: 1 to 64 of a-z, 0-9, '-' and '_'; never change it. Default: none, required.</summary>
    public string Id { get; init; } = "";

    /// <summary>Its name for people, 1 to 64 characters. Default: the id.</summary>
    public string? Name { get; init; }

    /// <summary>What it is about: at most 8 topics of 1 to 40 characters. Default: none.</summary>
    public IReadOnlyList<string> Topics { get; init; } = [];
}
