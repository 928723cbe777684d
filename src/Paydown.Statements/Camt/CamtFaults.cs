using System.Xml;
using Paydown.Statements.Reading;

namespace Paydown.Statements.Camt;

/// <summary>Says in the words of a statement what the XML reader found wrong.</summary>
internal static class CamtFaults
{
    public static StatementFaultException Of(XmlException exception)
    {
        var message = exception.Message;
        var problem =
            message.Contains("DTD", StringComparison.Ordinal)
                ? "The file has a document type declaration (DOCTYPE); no statement needs one, and it is not read."
            : message.Contains("end of file", StringComparison.OrdinalIgnoreCase)
            || message.Contains("Root element is missing", StringComparison.Ordinal)
                ? "The file ends too early; download it again."
            : message.Contains("encoding", StringComparison.Ordinal)
                ? "A byte is not valid in the encoding that the file names; save the file in that encoding."
            : $"The XML is broken: {Short(message)}";
        var element = message.Contains("DTD", StringComparison.Ordinal) ? "DOCTYPE" : null;
        return new StatementFaultException(problem, exception.LineNumber > 0 ? exception.LineNumber : null, element);
    }

    // The reader's message repeats the place.
    private static string Short(string message)
    {
        var place = message.IndexOf(" Line ", StringComparison.Ordinal);
        return AmountText.Shown(place < 0 ? message : message.AsSpan(0, place), 200);
    }
}
