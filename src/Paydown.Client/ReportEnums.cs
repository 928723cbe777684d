using System.Text.Json.Serialization;

namespace Paydown.Client;

/// <summary>What a report knows.</summary>
[JsonConverter(typeof(WordConverter<ReportKnowledge>))]
public enum ReportKnowledge
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>Everything recorded by now, counted on its value date.</summary>
    Now,

    /// <summary>Only what was recorded by the end of the last day.</summary>
    Then,
}

/// <summary>The type of the cells of a column.</summary>
[JsonConverter(typeof(WordConverter<ReportCell>))]
public enum ReportCell
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>Text, or an id.</summary>
    Text,

    /// <summary>A calendar date.</summary>
    Date,

    /// <summary>An instant in UTC.</summary>
    Instant,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>An amount in major units.</summary>
    Money,

    /// <summary>A fraction: 0.05 is 5 %.</summary>
    Rate,
}
