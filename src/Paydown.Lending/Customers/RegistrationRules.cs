using System.Buffers;
using System.Globalization;
using System.Text;
using Paydown.Lending.Outcomes;

namespace Paydown.Lending.Customers;

/// <summary>
/// The rules of registration. All errors are returned at once. The database decides
/// whether the e-mail is still free.
/// </summary>
public static class RegistrationRules
{
    public const int NameLengthMin = 2;
    public const int NameLengthMax = 50;
    public const int AgeMin = 18;
    public const int AgeMax = 120;
    public const int PasswordLengthMin = 8;

    // The limit of sign-in.
    public const int PasswordLengthMax = 256;
    public const int EmailLengthMax = 254;

    // RFC 5322, an atom and its dots; what would need quotes is left out.
    private static readonly SearchValues<char> LocalCharacters = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.!#$%&'*+-/=?^_`{|}~"
    );

    // E.164: at most 15 digits with the code of the country.
    public const int DialingCodeDigitsMax = 4;
    private const int PhoneDigitsMin = 4;
    private const int PhoneDigitsMax = 15;

    /// <summary>The form as it is kept, or everything that is wrong with it.</summary>
    /// <param name="form">As it was sent.</param>
    /// <param name="today">The day at the lender: how old somebody is depends on it.</param>
    public static Result<RegistrationForm> Check(RegistrationForm form, DateOnly today)
    {
        var kept = Tidied(form);
        var errors = ErrorsOf(kept, today).ToList();
        return errors.Count > 0 ? Refusals.ValidationFailed(errors) : kept;
    }

    /// <summary>Full years of age; the 29th of February has its birthday on the 1st of March of other years.</summary>
    public static int AgeOn(DateOnly birth, DateOnly today) =>
        today.Year - birth.Year - ((today.Month, today.Day).CompareTo((birth.Month, birth.Day)) < 0 ? 1 : 0);

    /// <summary>
    /// Letters of any script with their accents, spaces, hyphens and apostrophes; a letter comes first.
    /// </summary>
    public static bool IsName(string name)
    {
        var length = 0;
        foreach (var rune in name.EnumerateRunes())
        {
            // A mark belongs to the letter before it: Yoruba and others have letters that are one only with it.
            var isOne = Rune.IsLetter(rune) || length > 0 && (IsMark(rune) || IsJoint(rune));
            if (!isOne)
                return false;
            length++;
        }

        return length is >= NameLengthMin and <= NameLengthMax;
    }

    /// <summary>
    /// One @, a domain with a dot, in ASCII, so its lower case, which identifies people at sign-in, is
    /// unambiguous.
    /// </summary>
    public static bool IsEmail(string email)
    {
        if (email.Length > EmailLengthMax)
            return false;
        if (email.Split('@') is not [{ Length: > 0 and <= 64 } local, var domain] || !IsDomain(domain))
            return false;
        return local.AsSpan().IndexOfAnyExcept(LocalCharacters) < 0
            && local[0] != '.'
            && local[^1] != '.'
            && !local.Contains("..", StringComparison.Ordinal);
    }

    /// <summary>At least eight characters, with an upper and a lower case letter, a digit and something else.</summary>
    public static bool IsPassword(string password)
    {
        var runes = password.EnumerateRunes().ToList();
        return runes.Count is >= PasswordLengthMin and <= PasswordLengthMax
            && runes.Exists(Rune.IsUpper)
            && runes.Exists(Rune.IsLower)
            && runes.Exists(Rune.IsDigit)
            && runes.Exists(rune => Rune.IsPunctuation(rune) || Rune.IsSymbol(rune));
    }

    // In the order of the form.
    private static IEnumerable<FieldError> ErrorsOf(RegistrationForm form, DateOnly today)
    {
        if (!IsName(form.FirstName))
            yield return new("firstName", NameWanted);
        if (!IsName(form.LastName))
            yield return new("lastName", NameWanted);
        if (!IsEmail(form.Email))
            yield return new("email", "must be an e-mail address in ASCII.");
        if (!IsDialingCode(form.DialingCode))
        {
            yield return new(
                "dialingCode",
                $"must be the code of a country: + and 1 to {DialingCodeDigitsMax} digits, the first not 0."
            );
        }

        if (!IsPhone(form.DialingCode, form.Phone))
        {
            yield return new(
                "phone",
                $"must have {PhoneDigitsMin} digits or more, with dialingCode at most {PhoneDigitsMax}."
            );
        }

        if (AgeOn(form.DateOfBirth, today) is < AgeMin or > AgeMax)
            yield return new("dob", $"must be the birthday of somebody {AgeMin} to {AgeMax} years old.");
        if (!IsPassword(form.Password))
            yield return new("password", PasswordWanted);

        if (form.ConfirmPassword != form.Password)
            yield return new("confirmPassword", "must equal password.");
        if (form.Address.Address1.Length == 0)
            yield return new("address.address1", "must not be blank.");
        if (form.Address.CountryCommonName.Length == 0)
            yield return new("address.countryCommonName", "must not be blank.");
        if (!CountryCodes.All.Contains(form.Address.CountryIso3))
            yield return new("address.countryIso3", "must be the three letters of a country, as in ISO 3166-1.");
    }

    /// <summary>What a password must be, for the message of a field.</summary>
    public static string PasswordWanted =>
        $"must have {PasswordLengthMin} to {PasswordLengthMax} characters, among them an upper and a lower case letter, "
        + "a digit and a special character.";

    /// <summary>What a name must be, for the message of a field.</summary>
    public static string NameWanted =>
        $"must be {NameLengthMin} to {NameLengthMax} letters, spaces, hyphens and apostrophes, a letter first.";

    // What people write differently and mean the same.
    private static RegistrationForm Tidied(RegistrationForm form) =>
        form with
        {
            FirstName = form.FirstName.Trim(),
            LastName = form.LastName.Trim(),
            Email = form.Email.Trim(),
            DialingCode = "+" + form.DialingCode.Trim().TrimStart('+'),
            Phone = string.Concat(form.Phone.Where(c => c is not (' ' or '-' or '(' or ')' or '.'))),
            Address = form.Address with
            {
                Address1 = form.Address.Address1.Trim(),
                Address2 = NullIfBlank(form.Address.Address2),
                CountryCommonName = form.Address.CountryCommonName.Trim(),
                Postcode = NullIfBlank(form.Address.Postcode),
                CountryIso3 = form.Address.CountryIso3.Trim().ToUpperInvariant(),
            },
        };

    private static string? NullIfBlank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static bool IsJoint(Rune rune) => rune.Value is ' ' or '-' or '\'' or '’' or '‐';

    private static bool IsDomain(string domain) =>
        domain.Split('.') is { Length: >= 2 } labels
        && Array.TrueForAll(
            labels,
            label =>
                label.Length is >= 1 and <= 63
                && label[0] != '-'
                && label[^1] != '-'
                && label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
        );

    private static bool IsDialingCode(string code) =>
        code.Length is >= 2 and <= DialingCodeDigitsMax + 1
        && code[1] != '0'
        && code.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0;

    private static bool IsPhone(string dialingCode, string phone) =>
        phone.Length >= PhoneDigitsMin
        && phone.Length + dialingCode.Length - 1 <= PhoneDigitsMax
        && phone.All(char.IsAsciiDigit);
}
