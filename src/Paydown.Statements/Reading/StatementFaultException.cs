using System.Globalization;

namespace Paydown.Statements.Reading;

/// <summary>
/// A file cannot be read. Nothing of it may be used, not even the entries that were read before the fault.
/// </summary>
/// <param name="problem">What is wrong and what would be right, in one or two sentences.</param>
/// <param name="line">The line of the file, counted from 1; null for the file as a whole.</param>
/// <param name="element">The element, field or column, for example <c>Stmt[1]/Ntry[3]/Amt</c> or <c>:61:</c>.</param>
public sealed class StatementFaultException(string problem, int? line = null, string? element = null)
    : Exception(Describe(problem, line, element))
{
    /// <summary>What is wrong and what would be right, without the place.</summary>
    public string Problem { get; } = problem;

    /// <summary>The line of the file, counted from 1; null for the file as a whole.</summary>
    public int? Line { get; } = line;

    /// <summary>The element, field or column; null if there is none.</summary>
    public string? Element { get; } = element;

    /// <summary>Throws the faults of a file as one; does nothing if there are none.</summary>
    internal static void ThrowAll(IReadOnlyList<StatementFaultException> faults)
    {
        if (faults is [var only])
            throw only;
        if (faults.Count > 1)
            throw new StatementFaultException(
                string.Join(' ', faults.Skip(1).Select(fault => fault.Message).Prepend(faults[0].Problem)),
                faults[0].Line,
                faults[0].Element
            );
    }

    private static string Describe(string problem, int? line, string? element)
    {
        var place = (line, element) switch
        {
            (null, null) => "",
            (null, _) => $"{element}: ",
            (_, null) => string.Create(CultureInfo.InvariantCulture, $"Line {line}: "),
            _ => string.Create(CultureInfo.InvariantCulture, $"Line {line}, {element}: "),
        };
        return place + problem;
    }
}
