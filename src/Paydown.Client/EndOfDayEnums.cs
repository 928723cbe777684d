using System.Text.Json.Serialization;

namespace Paydown.Client;

/// <summary>When earned interest is recognised.</summary>
[JsonConverter(typeof(WordConverter<AccrualPosting>))]
public enum AccrualPosting
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>When it is paid.</summary>
    None,

    /// <summary>On due dates and on the last day of each month.</summary>
    Monthly,

    /// <summary>Every day.</summary>
    Daily,
}

/// <summary>How far the end of a day has come.</summary>
[JsonConverter(typeof(WordConverter<EndOfDayState>))]
public enum EndOfDayState
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>No worker has begun.</summary>
    Waiting,

    /// <summary>A worker is at it.</summary>
    Running,

    /// <summary>It is complete.</summary>
    Complete,
}
