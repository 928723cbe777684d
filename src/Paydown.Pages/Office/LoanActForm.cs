using Paydown.Client;
using Paydown.Pages.Web;

namespace Paydown.Pages.Office;

/// <summary>What an act on a loan has led to.</summary>
/// <param name="IsAwaited">True if a second person must approve it.</param>
/// <param name="Preview">The loan before and after, if the act was only shown; otherwise null.</param>
public sealed record ActOutcome(bool IsAwaited, ChangedLoan? Preview);

/// <summary>A field of an act.</summary>
/// <param name="Name">The field of the API.</param>
/// <param name="Label">The words before it.</param>
/// <param name="Kind">What it takes.</param>
/// <param name="Hint">A sentence below it; empty for none.</param>
/// <param name="IsOptional">True if it may be left empty.</param>
/// <param name="Options">The choices of a choice.</param>
public sealed record ActField(
    string Name,
    string Label,
    ActFieldKind Kind,
    string Hint = "",
    bool IsOptional = false,
    IReadOnlyList<(string Value, string Text)>? Options = null
);

/// <summary>What a field of an act takes.</summary>
public enum ActFieldKind
{
    /// <summary>A text.</summary>
    Text,

    /// <summary>An amount.</summary>
    Amount,

    /// <summary>A whole number.</summary>
    Whole,

    /// <summary>A day.</summary>
    Day,

    /// <summary>One of several.</summary>
    Choice,

    /// <summary>A charge of the loan.</summary>
    Charge,
}

/// <summary>An act of a manager on a loan: its words, its fields and its call.</summary>
/// <param name="Kind">The kind, by which a second approval finds it; null if it needs none.</param>
/// <param name="Slug">The last part of its address.</param>
/// <param name="Title">What it does.</param>
/// <param name="Explanation">What follows from it.</param>
/// <param name="Fields">What it takes.</param>
/// <param name="HasPreview">True if the schedule after it can be seen first.</param>
/// <param name="RunAsync">Does it, or with true only shows it.</param>
internal sealed record LoanActForm(
    ActKind? Kind,
    string Slug,
    string Title,
    string Explanation,
    IReadOnlyList<ActField> Fields,
    bool HasPreview,
    Func<PageCall, Guid, bool, Task<ActOutcome>> RunAsync
);
