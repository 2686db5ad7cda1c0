namespace CustomerContext.Silo.Config;

/// <summary>The one description of a setting: <c>--help</c> and the command line are made from it.</summary>
/// <param name="name">Its name on the command line, for example <c>--data</c>. Empty: it is set in a file or by the environment only.</param>
/// <param name="value">What its value looks like, for example <c>IP:PORT</c>. Empty: a flag, which may stand without a value.</param>
/// <param name="text">What it does, in a sentence or two, with unit and bounds.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SettingAttribute(string name, string value, string text) : Attribute
{
    /// <summary>Its name on the command line; empty if it has none.</summary>
    public string Name => name;

    /// <summary>What its value looks like; empty for a flag.</summary>
    public string Value => value;

    /// <summary>What it does.</summary>
    public string Text => text;
}
