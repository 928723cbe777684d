using System.Collections.Concurrent;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Paydown.Server.Platform.OpenApi;

/// <summary>
/// The docstrings of types and properties, read from the XML documentation that the compiler writes beside each
/// assembly. They describe the responses in the OpenAPI document.
/// </summary>
internal sealed partial class DocComments
{
    private readonly Func<Assembly, XDocument> read;
    private readonly ConcurrentDictionary<Assembly, Dictionary<string, XElement>> known = new();

    /// <param name="read">Reads the documentation of an assembly.</param>
    public DocComments(Func<Assembly, XDocument> read) => this.read = read;

    /// <summary>Reads the files of the program.</summary>
    /// <exception cref="FileNotFoundException">A file was not built or was not published.</exception>
    public static DocComments OfProgram { get; } =
        new(assembly => XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")));

    /// <summary>Returns the summary of a type as plain text; null if it has none.</summary>
    public string? Find(Type type) => TextOf(Member(type, "T:" + NameOf(type))?.Element("summary"));

    /// <summary>
    /// Returns the summary of a property, or the text of its parameter in a positional record; null if it has none.
    /// </summary>
    public string? Find(PropertyInfo property)
    {
        var type = property.DeclaringType!;
        return TextOf(Member(type, $"P:{NameOf(type)}.{property.Name}")?.Element("summary"))
            ?? TextOf(
                Member(type, "T:" + NameOf(type))
                    ?.Elements("param")
                    .FirstOrDefault(parameter => (string?)parameter.Attribute("name") == property.Name)
            );
    }

    private XElement? Member(Type type, string name)
    {
        var members = known.GetOrAdd(
            type.Assembly,
            assembly =>
                read(assembly)
                    .Descendants("member")
                    .ToDictionary(member => (string)member.Attribute("name")!, StringComparer.Ordinal)
        );
        return members.GetValueOrDefault(name);
    }

    private static string NameOf(Type type) => type.FullName!.Replace('+', '.');

    private static string? TextOf(XElement? element)
    {
        if (element is null)
            return null;
        var text = WhiteSpace().Replace(string.Concat(element.Nodes().Select(TextOf)), " ").Trim();
        return text.Length == 0 ? null : text;
    }

    // A reference is shown as the last part of its name.
    private static string TextOf(XNode node) =>
        node switch
        {
            XText text => text.Value,
            XElement element when (element.Attribute("cref") ?? element.Attribute("name")) is { } reference =>
                reference.Value.Split('.', ':')[^1],
            XElement element when element.Attribute("langword") is { } word => word.Value,
            XElement element => string.Concat(element.Nodes().Select(TextOf)),
            _ => "",
        };

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex WhiteSpace();
}
