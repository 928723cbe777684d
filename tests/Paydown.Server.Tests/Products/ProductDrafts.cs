using System.Text.Json.Nodes;

namespace Paydown.Server.Tests.Products;

/// <summary>Requests of a manager to create products.</summary>
internal static class ProductDrafts
{
    /// <summary>1,000.00 to 50,000.00 NGN for 3 to 24 months, with a fee and a question.</summary>
    public static JsonObject Salary(string name = "Salary Loan") =>
        new()
        {
            ["name"] = name,
            ["description"] = "For people with a salary.",
            ["accountProductName"] = "Consumer Loans",
            ["minimumAmount"] = 1000,
            ["maximumAmount"] = 50_000.50m,
            ["minimumDuration"] = 3,
            ["maximumDuration"] = 24,
            ["interestRate"] = 24,
            ["interestRateRange"] = new JsonObject { ["minimum"] = 18, ["maximum"] = 30 },
            ["allocation"] = new JsonObject
            {
                ["strategy"] = "OLDEST_FIRST",
                ["order"] = new JsonArray("PENALTY", "FEE", "INTEREST", "PRINCIPAL"),
            },
            ["fees"] = new JsonArray(
                new JsonObject
                {
                    ["name"] = "Processing fee",
                    ["kind"] = "PERCENT",
                    ["percent"] = 1.5m,
                    ["charged"] = "DEDUCTED",
                }
            ),
            ["repaymentMethods"] = new JsonArray("BANK_TRANSFER"),
            ["eligibilityQuestions"] = Questions("Are you in paid work?"),
        };

    /// <summary>One question whose passing answer is yes.</summary>
    public static JsonArray Questions(string question) =>
        new(
            new JsonObject
            {
                ["question"] = question,
                ["type"] = "YES_NO",
                ["passingAnswers"] = new JsonArray("YES"),
            }
        );
}
