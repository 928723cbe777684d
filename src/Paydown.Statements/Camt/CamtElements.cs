using System.Globalization;
using System.Xml;
using Paydown.Statements.Reading;

namespace Paydown.Statements.Camt;

/// <summary>
/// Walks through the elements of a camt file by their names, whatever their order and version. Depth and length of
/// texts are bounded; document types and external entities are never read.
/// </summary>
internal sealed class CamtElements : IDisposable
{
    private const int DepthMax = 64;
    private const int TextMax = 16 * 1024;

    private readonly XmlReader xml;
    private readonly IXmlLineInfo place;
    private char[] text = new char[512];

    public CamtElements(Stream stream)
    {
        xml = XmlReader.Create(
            stream,
            new XmlReaderSettings
            {
                DtdProcessing = DtdProcessing.Prohibit,
                XmlResolver = null,
                IgnoreComments = true,
                IgnoreProcessingInstructions = true,
                IgnoreWhitespace = true,
                CloseInput = false,
            }
        );
        place = (IXmlLineInfo)xml;
    }

    /// <summary>The namespace whose elements are read; others are skipped.</summary>
    public string Namespace { get; set; } = "";

    /// <summary>The element that holds one statement, and how many of them began.</summary>
    public (string Name, int Number) Statement { get; set; }

    /// <summary>How many bookings of the statement began; 0 outside of them.</summary>
    public int EntryNumber { get; set; }

    public string Name => xml.LocalName;

    public string NamespaceOfElement => xml.NamespaceURI;

    public int Line => place.LineNumber;

    public int Depth => xml.Depth;

    /// <summary>Moves to the next element anywhere below the current place; false at the end of the file.</summary>
    public bool ToElement()
    {
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element)
                continue;
            CheckDepth();
            return true;
        }

        return false;
    }

    /// <summary>Begins to walk through the children of the current element.</summary>
    /// <returns>What <see cref="ToChild"/> needs; −1 if the element is empty.</returns>
    public int Enter() => xml.IsEmptyElement ? -1 : xml.Depth;

    /// <summary>Moves to the next child; each child must be read whole. False at the end of the parent.</summary>
    public bool ToChild(int parent)
    {
        if (parent < 0)
            return false;
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.EndElement && xml.Depth == parent)
                return false;
            if (xml.NodeType != XmlNodeType.Element)
                continue;
            CheckDepth();
            if (xml.NamespaceURI == Namespace)
                return true;
            Skip();
        }

        return false;
    }

    /// <summary>Reads over the current element and all in it.</summary>
    public void Skip()
    {
        if (xml.IsEmptyElement)
            return;
        var depth = xml.Depth;
        while (xml.Read() && (xml.NodeType != XmlNodeType.EndElement || xml.Depth != depth))
        {
            if (xml.NodeType == XmlNodeType.Element)
                CheckDepth();
        }
    }

    /// <summary>The trimmed text of the current element; null if it is empty.</summary>
    public string? Text() => Letters() is { IsEmpty: false } letters ? letters.ToString() : null;

    /// <summary>The trimmed text of the current element, until the next element is read.</summary>
    /// <param name="isDeep">True to read the text of its children too.</param>
    public ReadOnlySpan<char> Letters(bool isDeep = false)
    {
        if (xml.IsEmptyElement)
            return default;
        var (depth, length) = (xml.Depth, 0);
        while (xml.Read() && (xml.NodeType != XmlNodeType.EndElement || xml.Depth != depth))
        {
            if (xml.NodeType == XmlNodeType.Element)
                CheckDepth();
            else if (xml.HasValue && (isDeep || xml.Depth == depth + 1))
                length = Append(length);
        }

        return new ReadOnlySpan<char>(text, 0, length).Trim();
    }

    /// <summary>An attribute of the current element.</summary>
    public string? Attribute(string name) => xml.GetAttribute(name);

    /// <summary>A fault of the file, with its place.</summary>
    /// <param name="problem">What is wrong and what would be right.</param>
    /// <param name="element">The element below statement or booking.</param>
    /// <param name="line">Its line; the current one if null.</param>
    public StatementFaultException Fault(string problem, string element, int? line = null)
    {
        var path = element;
        if (EntryNumber > 0)
            path = string.Create(CultureInfo.InvariantCulture, $"Ntry[{EntryNumber}]/{path}");
        if (Statement.Number > 0)
            path = string.Create(CultureInfo.InvariantCulture, $"{Statement.Name}[{Statement.Number}]/{path}");
        return new StatementFaultException(problem, line ?? Line, path);
    }

    public void Dispose() => xml.Dispose();

    private int Append(int length)
    {
        int read;
        while ((read = xml.ReadValueChunk(text, length, text.Length - length)) > 0)
        {
            length += read;
            if (length == TextMax)
                throw Fault($"The text is longer than {TextMax} characters.", Name);
            if (length == text.Length)
                Array.Resize(ref text, text.Length * 2);
        }

        return length;
    }

    private void CheckDepth()
    {
        if (xml.Depth > DepthMax)
            throw Fault($"Elements are nested deeper than {DepthMax} levels.", Name);
    }
}
