using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Paydown.Client;

namespace Paydown.Pages.Web;

/// <summary>
/// A form: what was typed, and what is wrong with it. A page that is opened has an empty one; a refused post shows the
/// page again with what was typed.
/// </summary>
public sealed class PageForm
{
    /// <summary>The size limit of a form without files, in bytes.</summary>
    public const int BytesMax = 64 * 1024;

    /// <summary>The hidden field with the key of the post: the same form sent twice has one effect.</summary>
    public const string KeyField = "form-key";

    /// <summary>The hidden field with the token of the session.</summary>
    public const string TokenField = "form-token";

    /// <summary>The hidden field with the name of a form on its page; the forms in folds have it.</summary>
    public const string WithinField = "form-within";

    /// <summary>The field of the button that was pressed.</summary>
    public const string ActField = "act";

    // More than any page has: a product with 50 questions and 20 fees has about 600.
    private const int FieldsMax = 768;
    private const int ValueLengthMax = 32 * 1024;

    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);
    private readonly List<FieldFailure> failures = [];

    /// <summary>True after a post.</summary>
    public bool IsPosted { get; private init; }

    /// <summary>The key of the next post of this form.</summary>
    public string Key { get; private set; } = NewKey();

    /// <summary>What is wrong as a whole; null if nothing is.</summary>
    public string? Message { get; private set; }

    /// <summary>What is wrong, by field.</summary>
    public IReadOnlyList<FieldFailure> Failures => failures;

    /// <summary>True if something is wrong.</summary>
    public bool IsWrong => Message is not null || failures.Count > 0;

    /// <summary>The status of the answer that shows what is wrong.</summary>
    public int Status { get; private set; } = 422;

    /// <summary>The button that was pressed; empty if the form has only one.</summary>
    public string Act => Text(ActField);

    /// <summary>The name of the form on its page; empty if it has none.</summary>
    public string Within => Text(WithinField);

    /// <summary>The uploaded files.</summary>
    public IFormFileCollection? Files { get; private init; }

    /// <summary>Reads the form of a request.</summary>
    /// <exception cref="InvalidDataException">It is larger than allowed.</exception>
    public static async Task<PageForm> ReadAsync(HttpContext http, int bytesMax)
    {
        // Without fields, it also lacks the token of the session.
        if (!http.Request.HasFormContentType)
            return new PageForm { IsPosted = true };
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = bytesMax;
        var options = new FormOptions
        {
            BufferBodyLengthLimit = bytesMax,
            MultipartBodyLengthLimit = bytesMax,
            ValueCountLimit = FieldsMax,
            ValueLengthLimit = ValueLengthMax,
            KeyLengthLimit = 256,
        };
        http.Features.Set<IFormFeature>(new FormFeature(http.Request, options));
        var sent = await http.Request.ReadFormAsync(http.RequestAborted);
        var form = new PageForm { IsPosted = true, Files = sent.Files };
        foreach (var (name, value) in sent)
            form.values[name] = value.ToString().Replace("\r\n", "\n", StringComparison.Ordinal);
        if (Guid.TryParseExact(form.Text(KeyField), "D", out _))
            form.Key = form.Text(KeyField);
        return form;
    }

    /// <summary>What was typed into a field, without spaces around it; empty if nothing.</summary>
    public string Text(string name) => values.GetValueOrDefault(name, "").Trim();

    /// <summary>What was typed into a field; null if nothing.</summary>
    public string? TextOrNull(string name) => Text(name) is { Length: > 0 } text ? text : null;

    /// <summary>A secret exactly as it was typed.</summary>
    public string Secret(string name) => values.GetValueOrDefault(name, "");

    /// <summary>What a field of a form shows: what was typed, or before that a value of the page.</summary>
    public string Shown(string name, string otherwise, string? within = null) =>
        IsTried(within) ? values.GetValueOrDefault(name, "") : otherwise;

    /// <summary>True after a post of the form with this name; null names the forms without one.</summary>
    public bool IsTried(string? within) => IsPosted && Within == (within ?? "");

    /// <summary>True if a box is ticked.</summary>
    public bool IsTicked(string name) => Text(name) is "true" or "on";

    /// <summary>The amount of a field. Digits may be grouped by commas, spaces or apostrophes.</summary>
    public decimal Amount(string name)
    {
        if (TryReadAmount(Text(name), out var amount))
            return amount;
        Refuse(name, Text(name).Length == 0 ? "Enter an amount." : "Enter an amount in digits, such as 1250.50.");
        return 0;
    }

    /// <summary>The amount of a field that may be left empty.</summary>
    public decimal? AmountOrNull(string name) => Text(name).Length == 0 ? null : Amount(name);

    /// <summary>The whole number of a field.</summary>
    public int Whole(string name)
    {
        if (int.TryParse(Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return number;
        Refuse(name, "Enter a whole number.");
        return 0;
    }

    /// <summary>The whole number of a field that may be left empty.</summary>
    public int? WholeOrNull(string name) => Text(name).Length == 0 ? null : Whole(name);

    /// <summary>The day of a field.</summary>
    public DateOnly Day(string name)
    {
        if (DateOnly.TryParseExact(Text(name), "yyyy-MM-dd", CultureInfo.InvariantCulture, default, out var day))
            return day;
        Refuse(name, "Enter a date as year-month-day, such as 2026-03-31.");
        return default;
    }

    /// <summary>The day of a field that may be left empty.</summary>
    public DateOnly? DayOrNull(string name) => Text(name).Length == 0 ? null : Day(name);

    /// <summary>The chosen record of a field.</summary>
    public Guid Chosen(string name)
    {
        if (Guid.TryParse(Text(name), out var id))
            return id;
        Refuse(name, "Choose one.");
        return default;
    }

    /// <summary>The chosen word of a field.</summary>
    public T Word<T>(string name)
        where T : struct, Enum
    {
        if (Enum.TryParse<T>(Text(name), out var word) && Enum.IsDefined(word))
            return word;
        Refuse(name, "Choose one.");
        return default;
    }

    /// <summary>A text that must not be empty.</summary>
    public string Required(string name, string message)
    {
        if (Text(name).Length == 0)
            Refuse(name, message);
        return Text(name);
    }

    /// <summary>
    /// Closes the gaps in a list of the form, such as fees[0].name and fees[2].name: rows without a text are taken out,
    /// so that what is wrong with a row stands at its place.
    /// </summary>
    /// <param name="list">The name of the list.</param>
    /// <param name="texts">The fields of a row that make it count if one of them is not empty.</param>
    /// <param name="others">The other fields of a row.</param>
    /// <param name="countMax">The most rows.</param>
    /// <returns>The number of rows.</returns>
    public int CloseUp(string list, IReadOnlyList<string> texts, IReadOnlyList<string> others, int countMax)
    {
        var count = 0;
        for (var i = 0; i < countMax; i++)
        {
            var isKept = texts.Any(text => Text($"{list}[{i}].{text}").Length > 0);
            foreach (var field in texts.Concat(others))
            {
                values.Remove($"{list}[{i}].{field}", out var value);
                if (isKept && value is not null)
                    values[$"{list}[{count}].{field}"] = value;
            }

            if (isKept)
                count++;
        }

        return count;
    }

    /// <summary>How many rows of a list were sent with a text.</summary>
    public int CountOf(string list, string text, int countMax) =>
        Enumerable.Range(0, countMax).Count(i => Text($"{list}[{i}].{text}").Length > 0);

    /// <summary>Says what is wrong with a field.</summary>
    public void Refuse(string field, string message) => failures.Add(new(field, message));

    /// <summary>Says in the server's words why it refused the post.</summary>
    public void Refuse(PaydownRefusedException refusal)
    {
        Status = (int)refusal.Status;
        failures.AddRange(refusal.Errors);
        Message = refusal.Message;
        if (refusal.Code != "IDEMPOTENCY_KEY_REUSED")
            return;
        // After Back, the form was changed and sent again.
        Message =
            "You have sent this form before, with other values. Look whether that is enough; if not, send it again.";
        Key = NewKey();
    }

    /// <summary>Says why nothing was done.</summary>
    public void Refuse(int status, string message) => (Status, Message) = (status, message);

    /// <summary>Shows the page again if something is wrong so far.</summary>
    /// <exception cref="PageFormException">Something is.</exception>
    public void ThrowIfWrong()
    {
        if (IsWrong)
            throw new PageFormException();
    }

    private static string NewKey() => new Guid(RandomNumberGenerator.GetBytes(16)).ToString("D");

    private static bool TryReadAmount(string text, out decimal amount)
    {
        var digits = string.Concat(text.Where(c => c is not (',' or ' ' or '\'' or '\u00A0' or '\u202F')));
        return decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out amount);
    }
}

/// <summary>A form has mistakes that are known before the server is asked: the page is shown again.</summary>
public sealed class PageFormException : Exception;
