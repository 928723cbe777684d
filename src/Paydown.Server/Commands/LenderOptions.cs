using System.CommandLine;
using System.CommandLine.Parsing;
using Paydown.Lending.Amounts;
using Paydown.Lending.Customers;
using Paydown.Server.BankAccounts;
using Paydown.Server.Organisations;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Identity;

namespace Paydown.Server.Commands;

/// <summary>
/// The options that describe a lender. What is left out is asked for on a terminal; elsewhere all errors are reported
/// at once.
/// </summary>
internal sealed class LenderOptions
{
    private const int TextLengthMax = 100;
    private const string StandardInput = "-";

    private readonly Question name = new("--organisation-name", "N", "Name of the lender", FindTextError);
    private readonly Question legalName = new(
        "--legal-name",
        "N",
        "Name of the lender as the law knows it, if it is another",
        FindTextError,
        ""
    );
    private readonly Question country = new(
        "--country",
        "CODE",
        "Country, ISO 3166: NG or NGA",
        text => CountryCodes.Find(text) is null ? $"'{text}' is not a country of ISO 3166." : null
    );
    private readonly Question currency = new(
        "--currency",
        "CODE",
        "Currency of all loans, ISO 4217",
        text => Currency.Find(text.ToUpperInvariant()) is null ? $"'{text}' is not a known currency." : null
    );
    private readonly Question timeZone = new(
        "--time-zone",
        "ZONE",
        "Time zone that decides the business day, such as Africa/Lagos",
        text => TimeZoneInfo.TryFindSystemTimeZoneById(text, out _) ? null : $"'{text}' is not an IANA time zone."
    );
    private readonly Question collectionAccount = new(
        "--collection-account",
        "NUMBER",
        "Number of the bank account that borrowers pay to",
        text =>
            text.Length <= 34 && text.All(char.IsAsciiLetterOrDigit) ? null : "An account number has up to 34 digits."
    );
    private readonly Question collectionBank = new(
        "--collection-bank",
        "CODE",
        "Code of its bank",
        text => text.Length <= 11 && text.All(char.IsAsciiLetterOrDigit) ? null : "A bank code has up to 11 digits."
    );
    private readonly Question collectionBankName = new(
        "--collection-bank-name",
        "N",
        "Name of its bank, if the code is not in the built-in list",
        FindTextError
    );
    private readonly Question collectionName = new(
        "--collection-name",
        "N",
        "Name of the holder of that account",
        FindTextError
    );
    private readonly Question contactEmail = new(
        "--contact-email",
        "E",
        "E-mail address for customers' questions",
        FindEmailError
    );
    private readonly Question contactPhone = new(
        "--contact-phone",
        "N",
        "Phone number for customers' questions",
        text => text.Length <= 50 ? null : "A phone number has at most 50 characters.",
        ""
    );
    private readonly Question contactHours = new(
        "--contact-hours",
        "TEXT",
        "When the phone is answered",
        FindTextError,
        ""
    );
    private readonly Question managerEmail = new(
        "--manager-email",
        "E",
        "E-mail address of the first manager",
        FindEmailError
    );
    private readonly Question managerName = new(
        "--manager-name",
        "N",
        "First and last name of the first manager",
        text => NamesOf(text) is null ? "Give a first and a last name." : null
    );
    private readonly Option<string?> passwordFile = new("--password-file")
    {
        Description = "File with the manager's password in its first line; - reads standard input",
        HelpName = "FILE",
    };
    private readonly Option<bool> invite = new("--invite")
    {
        Description = "Print an invitation, with which the manager sets the password, instead of taking a password",
    };
    private readonly Option<string?> products = new("--products")
    {
        Description = "File of products to create (JSON), for example docs/products.example.json",
        HelpName = "FILE",
    };

    /// <summary>The example of a verb with these options.</summary>
    public static string Example(string verb) =>
        $"{verb} --organisation-name \"Okun Credit\" --country NG --currency NGN --time-zone Africa/Lagos "
        + "--collection-account 1000000018 --collection-bank 057 --collection-name \"Okun Credit Collections\" "
        + "--contact-email help@okun.example --manager-email ngozi@okun.example --manager-name \"Ngozi Eze\" "
        + "--password-file manager.password --products docs/products.example.json";

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command verb)
    {
        foreach (var question in All)
            verb.Add(question.Option);
        verb.Add(passwordFile);
        verb.Add(invite);
        verb.Add(products);
    }

    /// <summary>Reads the options, and asks for what is missing if the operator can be asked.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="questions">Asks the operator.</param>
    /// <exception cref="UsageException">Options are missing or wrong; the message lists all of them.</exception>
    public NewLender Read(ParseResult parsed, Questions questions)
    {
        var answers = new Answers(parsed, questions);
        // In the order of the help; the name of the bank is asked for only if the code does not say it.
        foreach (var question in All.Where(one => one != collectionBankName))
            answers.Of(question);
        // What is wrong is reported below; until then another value stands for it.
        var bankCode = answers.Of(collectionBank);
        var known = Bank.BuiltIn.FirstOrDefault(bank => bank.BankCode == bankCode)?.BankName;
        var names = NamesOf(answers.Of(managerName));
        var lender = new NewLender
        {
            Name = answers.Of(name),
            LegalName = answers.Of(legalName) is { Length: > 0 } legal ? legal : null,
            CountryIso3 = CountryCodes.Find(answers.Of(country)) ?? "",
            Currency = Currency.Find(answers.Of(currency).ToUpperInvariant()) ?? Currency.Get("USD"),
            TimeZone = answers.Of(timeZone),
            Collection = new(
                answers.Of(collectionAccount),
                answers.Of(collectionName),
                bankCode,
                known is null || answers.Find(collectionBankName) is not null ? answers.Of(collectionBankName) : known
            ),
            Contact = new(answers.Of(contactEmail), answers.Of(contactPhone), answers.Of(contactHours)),
            ManagerEmail = answers.Of(managerEmail),
            ManagerFirstName = names?.First ?? "",
            ManagerLastName = names?.Last ?? "",
            Password = ReadPassword(parsed, questions, answers),
            ProductsFile = parsed.GetValue(products),
        };
        answers.ShouldBeRight();
        return lender;
    }

    private Question[] All =>
        [
            name,
            legalName,
            country,
            currency,
            timeZone,
            collectionAccount,
            collectionBank,
            collectionBankName,
            collectionName,
            contactEmail,
            contactPhone,
            contactHours,
            managerEmail,
            managerName,
        ];

    private string? ReadPassword(ParseResult parsed, Questions questions, Answers answers)
    {
        if (parsed.GetValue(invite))
            return null;
        if (parsed.GetValue(passwordFile) is { } file)
        {
            var password = file == StandardInput ? Console.In.ReadLine() ?? "" : ReadFirstLine(file);
            if (FindPasswordError(password) is { } wrong)
                answers.AddError($"--password-file: {wrong}");
            return password;
        }

        if (questions.CanAsk)
            return questions.AskPassword("Password of the manager", FindPasswordError);
        answers.AddError(
            "--password-file is missing: a file with the manager's password, - for standard input; or use --invite."
        );
        return "";
    }

    private static string ReadFirstLine(string file)
    {
        try
        {
            return File.ReadLines(file).FirstOrDefault("");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new OperatingException($"Cannot read {file}: {exception.Message}", exception);
        }
    }

    private static string? FindTextError(string text) =>
        text.Length is > 0 and <= TextLengthMax && !text.Any(char.IsControl)
            ? null
            : $"Give 1 to {TextLengthMax} characters.";

    private static string? FindEmailError(string text) =>
        RegistrationRules.IsEmail(text) ? null : $"'{text}' is not an e-mail address.";

    private static string? FindPasswordError(string password) =>
        PasswordRules.FindError(password, "") is { } error ? $"The password {error.Message}" : null;

    // All words but the last one are the first name.
    private static (string First, string Last)? NamesOf(string text)
    {
        var space = text.LastIndexOf(' ');
        if (space < 0)
            return null;
        var (first, last) = (text[..space].Trim(), text[(space + 1)..]);
        return RegistrationRules.IsName(first) && RegistrationRules.IsName(last) ? (first, last) : null;
    }

    // One option, and the question that stands for it on a terminal.
    private sealed record Question(
        string Name,
        string HelpName,
        string Text,
        Func<string, string?> FindError,
        string? Otherwise = null
    )
    {
        public Option<string?> Option { get; } = new(Name) { Description = Text, HelpName = HelpName };
    }

    // The values of the options, with all errors in them.
    private sealed class Answers(ParseResult parsed, Questions questions)
    {
        private readonly Dictionary<string, string> given = new(StringComparer.Ordinal);
        private readonly List<string> errors = [];

        public string? Find(Question question) => parsed.GetValue(question.Option)?.Trim();

        public string Of(Question question)
        {
            if (given.TryGetValue(question.Name, out var value))
                return value;
            return given[question.Name] = Read(question);
        }

        public void AddError(string error) => errors.Add(error);

        public void ShouldBeRight()
        {
            if (errors.Count > 0)
                throw new UsageException(string.Join('\n', errors));
        }

        private string Read(Question question)
        {
            if (Find(question) is { } text)
            {
                if (question.FindError(text) is { } wrong)
                    AddError($"{question.Name}: {wrong}");
                return text;
            }

            if (questions.CanAsk && questions.Ask(question.Text, question.Otherwise, question.FindError) is { } answer)
                return answer;
            if (question.Otherwise is null)
                AddError($"{question.Name} is missing: {question.Text}.");
            return question.Otherwise ?? "";
        }
    }
}

/// <summary>The command line is wrong in a way that parsing does not find; the command exits with code 2.</summary>
internal sealed class UsageException(string message) : Exception(message);
