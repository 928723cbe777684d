using Microsoft.AspNetCore.Components;
using Paydown.Client;
using Paydown.Pages.Web;

namespace Paydown.Pages.Parts;

/// <summary>The base of the fields of forms: name, label, hint, and what is wrong.</summary>
public abstract class Field : ComponentBase
{
    /// <summary>What every page knows.</summary>
    [Parameter]
    [EditorRequired]
    public Frame Frame { get; set; } = default!;

    /// <summary>The name: that of the field of the API.</summary>
    [Parameter]
    [EditorRequired]
    public string Name { get; set; } = "";

    /// <summary>The words before the field.</summary>
    [Parameter]
    [EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>A sentence below the label; empty for none.</summary>
    [Parameter]
    public string Hint { get; set; } = "";

    /// <summary>The value before anything was typed.</summary>
    [Parameter]
    public string Value { get; set; } = "";

    /// <summary>The name of its form; null if it has none.</summary>
    [CascadingParameter(Name = nameof(Within))]
    public string? Within { get; set; }

    /// <summary>The id of the input.</summary>
    protected string Id => IdOf(Name, Within);

    /// <summary>What is wrong; null if nothing is.</summary>
    protected string? Wrong =>
        Frame.Form.IsTried(Within)
        && Frame.Form.Failures.FirstOrDefault(failure => failure.Field == Name) is { } failure
            ? Sentence(failure)
            : null;

    /// <summary>The ids of the texts that describe the input; null if it has none.</summary>
    protected string? DescribedBy =>
        (Hint.Length > 0, Wrong is not null) switch
        {
            (true, true) => $"{Id}-hint {Id}-wrong",
            (true, false) => $"{Id}-hint",
            (false, true) => $"{Id}-wrong",
            _ => null,
        };

    /// <summary>What the field shows.</summary>
    protected string Shown => Frame.Form.Shown(Name, Value, Within);

    /// <summary>The id of the input of a field.</summary>
    public static string IdOf(string name, string? within) =>
        "f-"
        + name.Replace('.', '-').Replace('[', '-').Replace("]", "", StringComparison.Ordinal)
        + (string.IsNullOrEmpty(within) ? "" : "-" + within);

    /// <summary>What is wrong with a field, as a sentence. The API's messages go on after the field's name.</summary>
    public static string Sentence(FieldFailure failure)
    {
        var text = failure.Message;
        return text.Length > 0 && char.IsLower(text[0]) ? $"{Spoken(failure.Field)} {text}" : text;
    }

    /// <summary>The name of a field of the API as words: paymentDate becomes Payment date.</summary>
    public static string Spoken(string field)
    {
        var name = field[(field.LastIndexOf('.') + 1)..];
        var words = string.Concat(name.Select(c => char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : $"{c}"));
        return words.Length == 0 ? field : char.ToUpperInvariant(words[0]) + words[1..];
    }
}
