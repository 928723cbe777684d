using System.Globalization;
using Paydown.Lending.Statements;
using Paydown.Statements.Reading;

namespace Paydown.Statements.Camt;

/// <summary>Reads values that stand in several places of a camt file: sides, days, accounts and codes.</summary>
internal static class CamtValues
{
    private const int DayLength = 10;

    /// <summary>True for <c>CRDT</c>, false for <c>DBIT</c>.</summary>
    public static bool IsCredit(CamtElements elements) =>
        elements.Letters() switch
        {
            "CRDT" => true,
            "DBIT" => false,
            var other => throw elements.Fault(
                $"'{AmountText.Shown(other)}' is not a side; write CRDT or DBIT.",
                "CdtDbtInd"
            ),
        };

    /// <summary>An indicator; false if it is empty.</summary>
    public static bool IsTrue(CamtElements elements) =>
        elements.Letters() switch
        {
            "true" or "1" => true,
            "false" or "0" or "" => false,
            var other => throw elements.Fault($"'{AmountText.Shown(other)}' is neither true nor false.", "RvslInd"),
        };

    /// <summary>The status: a text until version 07, an element <c>Cd</c> since 08. Null if it is empty.</summary>
    public static EntryStatus? Status(CamtElements elements) =>
        elements.Letters(isDeep: true) switch
        {
            "BOOK" => EntryStatus.Book,
            // Expected, and booked on a day to come.
            "PDNG" or "FUTR" => EntryStatus.Pdng,
            "INFO" => EntryStatus.Info,
            "" => null,
            var other => throw elements.Fault(
                $"'{AmountText.Shown(other)}' is not a status; write BOOK, PDNG or INFO.",
                "Sts"
            ),
        };

    /// <summary>The day of the current element: its <c>Dt</c>, or the date of its <c>DtTm</c> as written.</summary>
    public static DateOnly? Day(CamtElements elements)
    {
        DateOnly? day = null;
        var parent = elements.Enter();
        while (elements.ToChild(parent))
        {
            if (elements.Name is "Dt" or "DtTm")
                day ??= Day(elements, elements.Letters());
            else
                elements.Skip();
        }

        return day;
    }

    /// <summary>The number and the currency of an account.</summary>
    public static (string? Number, string? Currency) Account(CamtElements elements)
    {
        string? number = null,
            currency = null;
        var parent = elements.Enter();
        while (elements.ToChild(parent))
        {
            if (elements.Name == "Id")
                number = AccountNumber(elements);
            else if (elements.Name == "Ccy")
                currency = elements.Text();
            else
                elements.Skip();
        }

        return (number, currency);
    }

    /// <summary>A bank transaction code, for example <c>PMNT/RCDT/ESCT</c>; else the bank's own.</summary>
    public static string? TransactionCode(CamtElements elements)
    {
        string? domain = null,
            own = null;
        var parent = elements.Enter();
        while (elements.ToChild(parent))
        {
            if (elements.Name == "Domn")
                domain = Codes(elements);
            else if (elements.Name == "Prtry")
                own = Codes(elements);
            else
                elements.Skip();
        }

        return domain ?? own;
    }

    // The schema says Id/IBAN or Id/Othr/Id; whichever stands there.
    private static string? AccountNumber(CamtElements elements)
    {
        string? number = null;
        var parent = elements.Enter();
        while (elements.ToChild(parent))
        {
            if (elements.Name is "IBAN")
                number = elements.Text() ?? number;
            else if (elements.Name is "Othr")
                number ??= OtherNumber(elements);
            else
                elements.Skip();
        }

        return Clean.Reference(number);
    }

    private static string? OtherNumber(CamtElements elements)
    {
        string? number = null;
        var parent = elements.Enter();
        while (elements.ToChild(parent))
        {
            if (elements.Name == "Id")
                number = elements.Text();
            else
                elements.Skip();
        }

        return number;
    }

    private static string? Codes(CamtElements elements)
    {
        string? codes = null;
        var parent = elements.Enter();
        while (elements.ToChild(parent))
        {
            if (elements.Name is "Cd" or "SubFmlyCd" && elements.Text() is { } code)
                codes = codes is null ? code : $"{codes}/{code}";
            else if (elements.Name == "Fmly" && Codes(elements) is { } family)
                codes = codes is null ? family : $"{codes}/{family}";
            else if (elements.Name is not ("Cd" or "SubFmlyCd" or "Fmly"))
                elements.Skip();
        }

        return codes;
    }

    private static DateOnly? Day(CamtElements elements, ReadOnlySpan<char> letters)
    {
        if (letters.IsEmpty)
            return null;
        // A time, an offset or nothing may follow the day.
        if (
            letters.Length >= DayLength
            && (letters.Length == DayLength || letters[DayLength] is 'T' or 'Z' or '+' or '-' or ' ')
            && DateOnly.TryParseExact(
                letters[..DayLength],
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var day
            )
        )
            return day;
        throw elements.Fault($"'{AmountText.Shown(letters)}' is not a day; write it like 2026-03-31.", "Dt");
    }
}
